"""One audit as a person asked for it: opened, made, told, kept, and mended where that was asked for."""

from contextlib import closing

import msgspec

from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS
from crmgov.cli.validate import FAIL_ON


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, whatever the environment. See the options of ``crmgov audit``; ``memory`` is bytes."""

    source: str | None
    records: str | None
    memory: int | None
    calls: int | None
    code: tuple[str, ...]
    against: str | None
    only: tuple[str, ...]
    excluded: tuple[str, ...]
    known: str | None
    accept_new: bool
    fail_on: str
    form: str
    full: bool
    show_values: bool
    store: bool
    fix: bool

    @property
    def narrowed(self) -> bool:
        """Whether only part of the records is looked at."""
        return bool(self.only or self.excluded)


def audit_one(app: App, environment: str | None, output: str | None, wish: Wish) -> int:
    """Make one audit; the exit status. Ends the verb where it cannot be made."""
    from crmgov.audit.records.budgeted import Budgeted
    from crmgov.audit.records.live import LiveRecords
    from crmgov.cli.announcing import Announced
    from crmgov.cli.auditing import Means, audited, opened_records
    from crmgov.cli.auditing_kept import keep, kept
    from crmgov.cli.auditing_mended import mend
    from crmgov.cli.auditing_told import Telling, told
    from crmgov.cli.auditing_whole import whole
    from crmgov.cli.ending import ending_tidily
    from crmgov.cli.workspace import Workspace
    from crmgov.model.figures import Dates

    workspace = Workspace(app)
    whole(app, workspace, environment, wish.source, show_values=wish.show_values)
    before = kept(workspace, environment, wish.against)
    means = Means(wish.memory, wish.calls, app.note)
    opening = opened_records(workspace, environment, wish.source, wish.records, means)
    with ending_tidily(), closing(opening) as opened:
        bounded = wish.calls is None or isinstance(opened, LiveRecords)  # which keeps to them by itself
        allowed = opened if bounded else Budgeted(opened, wish.calls or 0, app.note)
        asked = Announced(allowed, app.note) if app.verbose else allowed
        found = audited(
            workspace, environment, wish.source, asked, wish.only, wish.excluded, wish.code, before.last,
            show_values=wish.show_values, made=opened.made() if isinstance(opened, Dates) else None,
        )  # fmt: skip
    telling = Telling(
        environment=environment or "", source=wish.source, records=wish.records or "", held_in=opened.name,
        only=wish.only, excluded=wish.excluded, known=wish.known, accept=wish.accept_new, form=wish.form,
        full=wish.full, to_file=output is not None, kept=before,
    )  # fmt: skip
    text, counted = told(app, workspace, found, telling)
    app.write(text, output)
    if wish.store and environment is not None and wish.source is None and not wish.narrowed:
        keep(app, workspace, environment, found, counted, opened.name)
    if wish.fix:
        mend(app, workspace, counted, wish.source)
    failing = any(finding.severity in FAIL_ON[wish.fail_on] for finding in counted)
    return FINDINGS if failing else CLEAN
