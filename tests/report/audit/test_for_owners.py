"""What an audit finds reaches the owners' issues, as what validation finds does."""

import json
from pathlib import Path

import msgspec
import pytest

from crmgov.report.audit import Look, render
from crmgov.report.audit.document import Setting, document
from crmgov.report.comment.given import NotFindings, findings_of
from crmgov.report.issues import issues
from tests.report.audit.scenes import audited, exported


def test_findings_of_an_audit_are_those_that_are_new(tmp_path: Path) -> None:
    audit = audited(exported(tmp_path))
    setting = Setting(environment="production", source="export", findings=audit.findings)
    data = render(document(audit, setting), "json", Look()).encode()
    checked = findings_of(data)
    assert {one.code for one in checked.findings} == {one.code for one in audit.findings}
    assert checked.findings
    told = json.loads(issues(audit.scene.config.snapshot, [], [checked]))["issues"]
    bodies = "".join(one["body"] for one in told)
    assert all(one.code in bodies for one in checked.findings if one.severity != "note")


def test_a_damaged_audit_is_refused() -> None:
    with pytest.raises(NotFindings):
        findings_of(msgspec.json.encode({"format": "crmgov-audit/1", "findings": 5}))
