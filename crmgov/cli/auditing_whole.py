"""Whether the configuration that is audited can be read whole."""

from crmgov.cli.app import App
from crmgov.cli.trouble import UNABLE, Stop, stop
from crmgov.cli.workspace import Workspace
from crmgov.report.text import count


def whole(app: App, workspace: Workspace, environment: str | None, source: str | None, *, show_values: bool) -> None:
    """Say how much of the YAML is wrong. Ends the verb where a file or folder cannot be read, since what it holds may
    use any field; and where values are to be shown: what is wrong may be what says that a field is personal.
    """
    if source is not None:
        return
    problems = [one for one in workspace.loaded.diagnostics if one.severity == "error"]
    if environment is not None:
        more = workspace.desired(environment)[1]
        problems += [one for one in more if one.severity == "error" and one not in problems]
    unread = [one for one in problems if one.code == "FILE001"]
    if unread:
        raise Stop(UNABLE, unread)
    errors = len(problems)
    if not errors:
        return
    told = f"The configuration has {count(errors, 'error')}"
    if show_values:
        raise stop(
            "CLI004", f"{told}, so that it does not say which values are personal",
            mend="Mend them (crmgov validate), or leave out --show-values.",
        )  # fmt: skip
    app.note(f"{told}; what is wrong is left out of the audit (crmgov validate)")
