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
    live_of = {inputs.same(address): address for address in inputs.live}
    found = []
    for native in inputs.desired.snapshot:
        name = inputs.desired.names.get(native, native)
        body = inputs.desired.snapshot.body(native)
        live = live_of.get(inputs.same(native))
        if live is None:
            found.append(whole("add", name, body))
            continue
        kind = kind_of(native)
        verdict = judge(States(kind=kind, desired=flatten(kind, body), live=flatten(kind, inputs.live.body(live))))
        if verdict.intents:
            found.append(Change(action="modify", address=name, changes=tuple(verdict.intents)))
    return sorted(found, key=lambda change: change.address), []
