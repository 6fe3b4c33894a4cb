"""An audit of the organisation's own records says what an audit of an export of the same records says."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.providers.salesforce_live.world import organisation, project
from tests.providers.salesforce_org import Org, serving
from tests.running import crmgov

OF_THE_SOURCE = ("source", "time", "not_known")


def test_the_same_verdicts_and_findings(tmp_path: Path) -> None:
    org = organisation(600)
    token = org.token(org.users[0])
    export = tmp_path / "export"
    _export(org, export)
    with serving(org) as url:
        root = project(tmp_path / "repository", url)
        assert crmgov("-C", str(root), "pull", "prod").returncode == 0
        words = ["-C", str(root), "audit", "prod", "--format", "json", "--no-store"]
        live = json.loads(crmgov(*words, SF_TOKEN=token).stdout)
    read = json.loads(crmgov(*words, "--records", str(export)).stdout)
    assert len(live["verdicts"]) == 6
    assert _plain(live["verdicts"]) == _plain(read["verdicts"])
    assert _told(live) == _told(read)
    assert _told(live), "there is something to find in them"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if key not in OF_THE_SOURCE}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _told(audit: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Findings about the records, not about where they are from."""
    found = [(one["code"], one["address"], one["message"]) for one in audit["findings"]]
    return sorted(one for one in found if not one[0].startswith(("FILES", "RECORDS", "SFLIVE")))


def _export(org: Org, folder: Path) -> None:
    folder.mkdir()
    for one in org.everything():
        names = [field.name for field in one.fields.values()]
        with (folder / f"{one.name}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            writer.writerows([_spelt(record.get(name)) for name in names] for record in one.records)


def _spelt(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return str(value).lower() if isinstance(value, bool) else value
