"""What an audit found, judged by the repository's own severities, waivers and known findings, and told."""

import datetime as dt
import shutil
from collections.abc import Callable
from shlex import quote

import msgspec

from crmgov.audit.run import Audit
from crmgov.cli.app import App
from crmgov.cli.auditing_kept import Kept
from crmgov.cli.known import Compared, compared, without_known
from crmgov.cli.masked import masked
from crmgov.cli.remembered import Found
from crmgov.cli.rulebook import judge_evidence, rulebook
from crmgov.cli.sources import open_source
from crmgov.cli.workspace import Workspace
from crmgov.model.diagnostics import Diagnostic, Place, Where
from crmgov.report.audit import render
from crmgov.report.audit.document import Setting, document
from crmgov.report.audit.look import Look


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """How an audit was asked for. ``held_in`` is where the records are, as people call it."""

    environment: str
    source: str | None
    records: str
    held_in: str
    only: tuple[str, ...]
    excluded: tuple[str, ...]
    known: str | None
    accept: bool
    form: str
    full: bool
    to_file: bool
    kept: Kept = Kept()

    @property
    def narrowed(self) -> bool:
        """Whether only part of the records was looked at."""
        return bool(self.only or self.excluded)

    @property
    def narrowing(self) -> str:
        """The options that narrow it, as they are typed."""
        given = [*(f" --only {quote(one)}" for one in self.only), *(f" --except {quote(one)}" for one in self.excluded)]
        return "".join(given)

    @property
    def command(self) -> str:
        """The verb as it was called, without what narrows it or says how it is shown."""
        given = (("", self.environment), ("--source", self.source or ""), ("--records", masked(self.records)))
        return " ".join(["crmgov audit", *(f"{name} {quote(value)}".strip() for name, value in given if value)])


def told(app: App, workspace: Workspace, audit: Audit, telling: Telling) -> tuple[str | bytes, list[Diagnostic]]:
    """The text, and the findings that count."""
    found = _judged(workspace, audit, telling)
    if telling.known is None:
        shown = Compared(findings=found.findings, beside=without_known(found))
    else:
        name = f"audit {telling.environment or telling.held_in}"
        shown = compared(app, found, telling.known, name, accept=telling.accept)
    before = telling.kept.last
    setting = Setting(
        environment=telling.environment, source=telling.held_in, findings=shown.findings, beside=shown.beside,
        against=before.day if before is not None else "", past=telling.kept.past(),
        scorecards=[(one.time, one.scorecard) for one in telling.kept.audits],
    )  # fmt: skip
    look = Look(
        full=telling.full, color=app.color and not telling.to_file,
        columns=max(60, shutil.get_terminal_size((120, 50)).columns), command=telling.command,
        narrowing=telling.narrowing, fixes=telling.source is None,
    )  # fmt: skip
    return render(document(audit, setting), telling.form, look), shown.findings


def _judged(workspace: Workspace, audit: Audit, telling: Telling) -> Found:
    """The findings as the Governance document counts them, with their lines."""
    if telling.source is not None:
        source = open_source(workspace, telling.source)
        rules = rulebook(workspace)
        ruled, locate = rules.beside(source.snapshot), rules.locates(source.locate)
    else:
        ruled, locate = audit.scene.config.snapshot, workspace.loaded.locate
    findings = [_placed(one, locate) for one in audit.findings]
    today = dt.datetime.now(dt.UTC).date()
    stand = judge_evidence(ruled, findings, today, whole=not telling.narrowed)
    unread = [one for one in findings if one.code.startswith("RECORDS")]
    counted = [_placed(one, locate) for one in stand.counted]
    return Found(findings=counted, counted="", waived=stand.waived, off=stand.off, unread=unread)


def _placed(finding: Diagnostic, locate: Callable[[Where], Place]) -> Diagnostic:
    at = finding.at
    return msgspec.structs.replace(finding, at=locate(at)) if isinstance(at, Where) else finding
