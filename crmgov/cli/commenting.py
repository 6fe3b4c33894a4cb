"""What the comment on a pull request is made from, read from where a job left it."""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from crmgov.cli.trouble import stop
from crmgov.cli.workspace import Workspace, stated
from crmgov.load.saved import UnfitError, saved_bytes
from crmgov.model.diagnostics import brief
from crmgov.model.kinds.environments import Approvals, Protection
from crmgov.model.plans import Plan
from crmgov.report.comment.given import Checked, Given, NotFindings, Notices, Planned, findings_of
from crmgov.report.drift import FORMAT as DRIFT
from crmgov.report.issues import Drifted
from crmgov.report.plain import listing
from crmgov.report.text import clean

_URL = re.compile(r"https://[A-Za-z0-9._~:/?#@!$&'*+,;=%-]{1,500}\Z")
_MOST = 256 * 1024 * 1024


def given(
    workspace: Workspace, plans: Sequence[str], unplanned: Sequence[str], checked: Checked | None, link: str
) -> Given:
    """Everything for the comment. Ends the verb where a file is not what it should be."""
    if not plans and not unplanned:
        raise stop("CLI004", "A comment needs at least one plan", mend="Add --plan FILE, or --unplanned ENVIRONMENT.")
    if link and not _URL.match(link):
        raise stop("CLI004", f"{brief(link)} is no https address")
    read = [(_plan(file), file) for file in plans]
    planned = [_planned(workspace, plan, file) for plan, file in read]
    return Given(
        plans=tuple(planned),
        unplanned=tuple(unplanned),
        checked=checked,
        notices=_notices(workspace, [plan for plan, _ in read]),
        link=link,
    )


def _plan(file: str) -> Plan:
    from crmgov.report.plan_file import NotAPlan, read_exactly

    try:
        return read_exactly(Path(file))
    except NotAPlan as error:
        raise stop("CLI005", f"{brief(file)}: {error}") from error


def findings_from(file: str, stopping: tuple[str, ...] = ("error",)) -> Checked:
    """Findings as ``validate --format json`` wrote them. Ends the verb where the file holds none."""
    try:
        return findings_of(saved_bytes(Path(file), _MOST), stopping)
    except (NotFindings, UnfitError) as error:
        raise stop("CLI005", f"{brief(file)}: {error}", mend="Write it with validate --format json.") from error


def drift_of(file: str) -> Drifted:
    """Drift as ``drift --format json`` wrote it. Ends the verb where the file holds none."""
    try:
        found = msgspec.json.decode(saved_bytes(Path(file), _MOST), type=Drifted)
    except (UnfitError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise stop("CLI005", f"{brief(file)}: {error}", mend="Write it with drift --format json.") from error
    if found.format != DRIFT:
        raise stop("CLI005", f"{brief(file)}: its format is {brief(found.format)}, this version reads {DRIFT}")
    return found


def _planned(workspace: Workspace, plan: Plan, file: str) -> Planned:
    """A plan with what the environment's document adds: the vendor's words, and who must agree."""
    name = plan.core.environment
    approval = "an approval" if plan.core.protected else ""
    if not workspace.at_hand or name not in workspace.environments:
        return Planned(plan=plan, file=file, approval=approval)
    protection = workspace.environment(name).protection
    if isinstance(protection, Protection) and isinstance(protection.approvals, Approvals):
        approval = _approval(protection.approvals, plan.context.author)
    return Planned(plan=plan, file=file, words=workspace.words(name), approval=approval)


def _approval(asked: Approvals, author: str) -> str:
    """``2 of ana, jonas, not priya``."""
    people = listing(asked.from_, 4) if stated(asked.from_) and asked.from_ else "the people who may"
    told = f"{asked.count} of {people}"
    return f"{told}, not {clean(author)}" if asked.not_author is True and author else told


def _notices(workspace: Workspace, plans: list[Plan]) -> Notices | None:
    """Who notices; None where the configuration at hand is not the planned one."""
    from crmgov.report.comment.notices import notices

    trees = {plan.context.tree for plan in plans}
    if not workspace.at_hand or trees != {workspace.loaded.tree_digest}:
        return None
    return notices(plans, workspace.loaded.snapshot)
