"""The records that a plan for files is measured on: a copy that its environment names, or the organisation itself."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from crmgov.cli.auditing import types_of
from crmgov.cli.live_records import has_organisation, live_organisation
from crmgov.cli.providers import catalogue, expand
from crmgov.cli.trouble import Stop
from crmgov.model.evidence import Evidence, Question
from crmgov.model.figures import Figure, Records
from crmgov.model.kinds.environments import Environment
from crmgov.model.snapshot import Snapshot


def measured_elsewhere(
    root: Path, document: Environment, live: Snapshot, questions: list[Question], now: dt.datetime,
    tell: Callable[[str], None],
) -> list[Evidence]:  # fmt: skip
    """The answers, in order. What cannot be opened or counted says why: a plan is made all the same.

    ``tell`` is given a line before an organisation is asked.
    """
    named = document.records if isinstance(document.records, (dict, str)) else "live"
    if named == "live" and not has_organisation(document):
        return [Evidence(exactness="unmeasured", reason="its files hold no records")] * len(questions)
    places = list(named.values()) if isinstance(named, dict) else [named]
    try:
        records = _opened(root, document, live, questions, now, tell)
    except Stop as refused:
        reason = "; ".join(one.message for one in refused.diagnostics) or "its records cannot be read"
        return [Evidence(exactness="unmeasured", reason=reason)] * len(questions)
    with closing(records):
        made = _made(root, [expand(one) for one in places if one != "live"], now)
        return _answered(records, live, questions, _Times(named, made, _told(now)))


class _Times:
    """Of each object, whether a copy was counted or the CRM itself, and of when that is."""

    def __init__(self, named: str | Mapping[str, str], made: str, now: str) -> None:
        self._named, self._made, self._now = named, made, now

    def live(self, parent: str) -> bool:
        """Whether an object's records are the CRM's own."""
        if isinstance(self._named, str):
            return self._named == "live"
        return any(where == "live" and name.casefold() == parent.casefold() for name, where in self._named.items())

    def of(self, parent: str) -> str:
        """When what was counted was so."""
        return self._now if self.live(parent) else self._made


def _opened(
    root: Path, document: Environment, live: Snapshot, questions: list[Question], now: dt.datetime,
    tell: Callable[[str], None],
) -> Records:  # fmt: skip
    from crmgov.cli.exports import Types, Wanted, opened_at, opened_by_object
    from crmgov.cli.trouble import stop

    types = types_of(live, [catalogue(document.provider)])
    wanted = Wanted(root, types, live, {}, now, None)

    def organisation(every: Types) -> Records:
        if not has_organisation(document):
            raise stop("CLI004", "its files hold no records")
        concerned = _concerned(live, questions)
        asked = {name: fields for name, fields in every.items() if name in concerned}
        return live_organisation(document, asked, live, {}, now, memory=None, calls=None, tell=tell)

    if isinstance(document.records, dict):
        return opened_by_object(document.records, wanted, organisation)
    where = document.records if isinstance(document.records, str) else "live"
    return organisation(types) if where == "live" else opened_at(expand(where), wanted)


def _concerned(live: Snapshot, questions: list[Question]) -> set[str]:
    """The objects that are asked of, and those that their lookups point at."""
    objects = {one.object for one in questions}
    return objects | {target for name in objects for targets in _references(live, name).values() for target in targets}


def _answered(records: Records, live: Snapshot, questions: list[Question], times: _Times) -> list[Evidence]:
    from crmgov.audit.impact import COPY, evidence, wanted

    held = records.holdings()
    asked = [wanted(one, held, _references(live, one.object)) for one in questions]
    by_object: dict[str, dict[Figure, None]] = {}
    for question, one in zip(questions, asked, strict=True):
        if one.figures:
            by_object.setdefault(question.object, {}).update(dict.fromkeys((*one.figures, one.whole)))
    answers = records.answer(by_object)
    return [
        evidence(
            question, one, answers, source=records.name, time=times.of(question.object),
            method="" if times.live(question.object) else COPY,
        )
        for question, one in zip(questions, asked, strict=True)
    ]  # fmt: skip


def _told(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _references(live: Snapshot, parent: str) -> dict[str, list[str]]:
    return {
        at.name: list(live.body(address).get("references") or ())
        for address, at in live.of_kind("Field")
        if at.parent == parent
    }


def _made(root: Path, places: list[str], now: dt.datetime) -> str:
    """When the oldest of the copies was written; a database is as it is now."""
    times = [stamp for place in places if "://" not in place for stamp in _written(root / place)]
    oldest = dt.datetime.fromtimestamp(min(times), dt.UTC) if times else now
    return _told(min(oldest, now))


def _written(path: Path) -> Iterator[float]:
    try:
        if path.is_dir():
            yield from (one.stat().st_mtime for one in path.rglob("*") if one.is_file())
        else:
            yield path.stat().st_mtime
    except OSError:  # it went away meanwhile, which opening it tells
        return
