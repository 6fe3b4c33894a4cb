"""Verdicts of an audit written into the YAML."""

from collections.abc import Sequence

from crmgov.cli.app import App
from crmgov.cli.checking import fix_all
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
