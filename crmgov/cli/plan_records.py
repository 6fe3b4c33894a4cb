"""The records that a plan for files is measured on: those that its environment names under ``records``."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from crmgov.cli.auditing import types_of
from crmgov.cli.providers import catalogue, expand
from crmgov.cli.trouble import Stop
from crmgov.model.evidence import Evidence, Question
from crmgov.model.figures import Figure, Records
from crmgov.model.kinds.environments import Environment
from crmgov.model.snapshot import Snapshot


def measured_on_copy(
    root: Path, document: Environment, live: Snapshot, questions: list[Question], now: dt.datetime
) -> list[Evidence]:
    """The answers, in order. What cannot be opened or counted says why: a plan is made all the same."""
    named = document.records
    places = list(named.values()) if isinstance(named, dict) else [named] if isinstance(named, str) else []
    try:
        records = _opened(root, document, live, now)
    except Stop as refused:
        reason = "; ".join(one.message for one in refused.diagnostics) or "its records cannot be read"
        return [Evidence(exactness="unmeasured", reason=reason)] * len(questions)
    with closing(records):
        return _answered(records, live, questions, _made(root, [expand(one) for one in places], now))


def _opened(root: Path, document: Environment, live: Snapshot, now: dt.datetime) -> Records:
    from crmgov.cli.exports import Wanted, opened_at, opened_by_object
    from crmgov.cli.trouble import stop

    def none(_: object) -> Records:
        raise stop("CLI004", "its files hold no records")

    types = types_of(live, [catalogue(document.provider)])
    wanted = Wanted(root, types, live, {}, now, None)
    if isinstance(document.records, dict):
        return opened_by_object(document.records, wanted, none)
    assert isinstance(document.records, str)
    return opened_at(expand(document.records), wanted)


def _answered(records: Records, live: Snapshot, questions: list[Question], made: str) -> list[Evidence]:
    from crmgov.audit.impact import evidence, wanted

    held = records.holdings()
    asked = [wanted(one, held, _references(live, one.object)) for one in questions]
    by_object: dict[str, dict[Figure, None]] = {}
    for question, one in zip(questions, asked, strict=True):
        if one.figures:
            by_object.setdefault(question.object, {}).update(dict.fromkeys((*one.figures, one.whole)))
    answers = records.answer(by_object)
    return [
        evidence(question, one, answers, source=records.name, time=made)
        for question, one in zip(questions, asked, strict=True)
    ]


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
    return min(oldest, now.astimezone(dt.UTC)).isoformat(timespec="seconds").replace("+00:00", "Z")


def _written(path: Path) -> Iterator[float]:
    try:
        if path.is_dir():
            yield from (one.stat().st_mtime for one in path.rglob("*") if one.is_file())
        else:
            yield path.stat().st_mtime
    except OSError:  # it went away meanwhile, which opening it tells
        return
