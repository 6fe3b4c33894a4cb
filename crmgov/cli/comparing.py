"""The configuration compared with one environment: only what is written is looked at."""

from crmgov.cli.planning import scene
from crmgov.cli.workspace import Workspace
from crmgov.diff.routes import States, judge
from crmgov.diff.two_way import whole
from crmgov.model.changes import Change
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.flat import flatten
from crmgov.model.snapshot import kind_of


def stated_changes(workspace: Workspace, environment: str) -> tuple[list[Change], list[Diagnostic]]:
    """What the environment would have to change to be as written, whatever was applied before."""
    inputs = scene(workspace, environment).inputs
    found = []
    for native in inputs.desired.snapshot:
        name = inputs.desired.names.get(native, native)
        body = inputs.desired.snapshot.body(native)
        if native not in inputs.live:
            found.append(whole("add", name, body))
            continue
        kind = kind_of(native)
        verdict = judge(States(kind=kind, desired=flatten(kind, body), live=flatten(kind, inputs.live.body(native))))
        if verdict.intents:
            found.append(Change(action="modify", address=name, changes=tuple(verdict.intents)))
    return sorted(found, key=lambda change: change.address), []
