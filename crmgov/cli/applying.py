"""A run from the command line: the plan, the session around it, and what is recorded of the commit."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crmgov.apply.codes import EDITED
from crmgov.apply.guards.request import Allowed
from crmgov.apply.places import place_of
from crmgov.apply.resume import resume
from crmgov.apply.session import Event, RunResult, Session
from crmgov.apply.start import apply_plan
from crmgov.cli.paths import leads_to
from crmgov.cli.revision import history
from crmgov.cli.trouble import FINDINGS, REFUSED, Stop, stop
from crmgov.cli.workspace import Workspace
from crmgov.ledger.holder import this_process
from crmgov.model.address import for_people
from crmgov.model.diagnostics import brief, of
from crmgov.model.plans import HAZARDS, Plan


def accepted(text: str, plan: Plan) -> Allowed:
    """``HAZARD`` or ``HAZARD:ADDRESS`` as typed, the address in any case and with or without its kind.

    Ends the verb for a hazard that does not exist. An address at which the plan has no step accepts nothing.
    """
    hazard, colon, typed = text.partition(":")
    if hazard not in HAZARDS:
        raise stop("CLI004", f"{brief(hazard)} is no hazard", mend=f"Hazards: {', '.join(HAZARDS)}.")
    if not colon:
        return hazard, None
    wanted = typed.lower()
    steps = plan.core.steps
    found = [s.address for s in steps if wanted in (s.address.lower(), s.native.lower())]
    found = found or [
        s.address for s in steps if wanted in (for_people(s.address).lower(), for_people(s.native).lower())
    ]
    if len(found) > 1:
        raise stop("CLI007", f"{brief(typed)} may be {' or '.join(found)}")
    return hazard, found[0] if found else typed


def is_saved(workspace: Workspace, what: str) -> bool:
    """Whether a saved plan is meant; an environment's name means the environment, whatever files there are."""
    return what.lower() not in (name.lower() for name in workspace.environments) and bool(leads_to(what))


def open_plan(workspace: Workspace, what: str, only: tuple[str, ...], excluded: tuple[str, ...]) -> Plan:
    """The saved plan of that name, or one made now for the environment of that name.

    A file that is there and is not a plan as it was saved is refused, not merely unreadable.
    """
    from crmgov.report.plan_file import NotAPlan, read_exactly

    if not is_saved(workspace, what):
        return _made_now(workspace, what, only, excluded)
    if only or excluded:
        raise stop("CLI004", "--only and --except choose what is planned; a saved plan is carried out whole")
    try:
        return read_exactly(Path(what))
    except NotAPlan as error:
        raise Stop(REFUSED, [of(EDITED, f"{what}: {error}")]) from error


def _made_now(workspace: Workspace, name: str, only: tuple[str, ...], excluded: tuple[str, ...]) -> Plan:
    from crmgov.cli.planning import drafted, finished, placed, scene
    from crmgov.plan.codes import REFUSALS
    from crmgov.plan.proposals import Options

    here = scene(workspace, name)
    plan = finished(workspace, here, drafted(workspace, here, Options(only=only, excluded=excluded)))
    errors = [d for d in plan.context.diagnostics if d.severity == "error"]
    if errors:
        refused = here.protected and any(d.code == "PLAN001" for d in errors)
        raise Stop(REFUSED if refused or REFUSALS & {d.code for d in errors} else FINDINGS, placed(workspace, errors))
    return plan


def carry_out(
    workspace: Workspace, plan: Plan, allow: list[Allowed], crash: Callable[[str], None] | None = None
) -> RunResult:
    """Apply a plan to the environment it names."""
    session = _session(workspace, plan.core.environment, crash)
    commit, author = _recorded_commit(workspace, plan)
    try:
        return apply_plan(plan, session, allow=allow, commit=commit, author=author)
    finally:
        session.ledger.close()
        session.provider.close()


def pick_up(workspace: Workspace, environment: str, take: str) -> RunResult:
    """Finish the run of an environment that was cut off."""
    session = _session(workspace, environment, None)
    try:
        return resume(session, take=take)
    finally:
        session.ledger.close()
        session.provider.close()


def _session(workspace: Workspace, name: str, crash: Callable[[str], None] | None) -> Session:
    name = workspace.called(name)
    document = workspace.environment(name)
    now = datetime.now(UTC)
    run = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    url = document.connection.url
    embedded = document.provider == "salesforce" or (isinstance(url, str) and url.startswith("sqlite"))
    return Session(
        provider=workspace.provider(name),
        ledger=workspace.ledger(name),
        environment=name,
        spec=document,
        holder=this_process(run),
        now=now,
        place=place_of(document, name, workspace.root, embedded=embedded),
        report=_Progress(workspace).tell,
        crash=crash or _no_crash,
    )


def _no_crash(_: str) -> None:
    """Nothing happens at the boundaries of the journal, except in tests."""


def _recorded_commit(workspace: Workspace, plan: Plan) -> tuple[str, str]:
    """HEAD where its configuration is the plan's, so that a squash merge does not void what was applied; else the
    commit the plan was made from.
    """
    now = history(workspace.root, [])
    same = not now.uncommitted and now.commit and workspace.loaded.tree_digest == plan.context.tree
    return (now.commit, now.author) if same else (plan.context.commit, plan.context.author)


class _Progress:
    """Progress on standard error."""

    def __init__(self, workspace: Workspace) -> None:
        self._app = workspace.app

    def tell(self, event: Event) -> None:
        """One line for each step of the run that takes time."""
        if event.what == "batch":
            self._app.progress(f"Batch {event.batch} of {event.batches} ...")
        elif event.what in ("waiting", "exported"):
            self._app.progress(event.text or event.what)
