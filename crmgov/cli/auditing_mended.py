"""Verdicts of an audit, and decisions over them, written into the YAML."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from crmgov.cli.app import App
from crmgov.cli.checking import apply_fixes, fix_all
from crmgov.cli.trouble import say
from crmgov.cli.workspace import Workspace
from crmgov.model.diagnostics import Diagnostic
from crmgov.report.text import count


def mend(app: App, workspace: Workspace, findings: Sequence[Diagnostic], source: str | None) -> None:
    """Write what verdicts ask for into the YAML, and say what came of it. What is waived is not among ``findings``."""
    if source is not None:
        app.note("Verdicts are written into YAML only; nothing was changed")
        return
    made, left = fix_all(workspace, findings)
    say(left)
    app.note(f"{count(made, 'verdict')} written into the YAML: look at git diff, then open a pull request")


def take_over(app: App, workspace: Workspace, environment: str | None, file: str) -> list[Diagnostic]:
    """Turn the decisions of a workbook into YAML; returns what could not be taken over."""
    from crmgov.audit.decisions import decided
    from crmgov.audit.scene import AuditScene
    from crmgov.audit.settings import settings_of
    from crmgov.check.governance.scene import Scene
    from crmgov.cli.workbooks import read_decisions
    from crmgov.report.audit.workbook import SHEET

    decisions = read_decisions(Path(file), SHEET)
    snapshot = workspace.loaded.snapshot if environment is None else workspace.desired(environment)[0]
    config = Scene(snapshot.at_hand(), today=dt.datetime.now(dt.UTC).date())
    found = decided(AuditScene(config, {}, settings=settings_of(config.governance)), decisions)
    made, left = apply_fixes(workspace, found.fixes)
    app.note(f"{count(len(decisions), 'decision')} read, {count(made, 'change')} written into the YAML")
    return [*found.problems, *left]
