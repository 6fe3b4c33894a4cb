"""An audit as figures alone, to be kept in the ledger and compared with later ones. Pure.

No value of a record is in it: counts, verdicts, and codes of findings by number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crmgov.audit.earlier import EarlierField
from crmgov.audit.run import Audit
from crmgov.model.audits import Kpi
from crmgov.model.canonical import encode
from crmgov.model.diagnostics import Diagnostic

FORMAT = 1


class FieldFigures(msgspec.Struct, frozen=True, array_like=True):
    """One field: its verdict, and the shares filled of all and of recent records, 0 to 1; null where not known."""

    verdict: str
    filled: float | None = None
    recent: float | None = None


class Aggregates(msgspec.Struct, frozen=True, kw_only=True):
    """One audit. ``time`` is ISO 8601 in UTC, ``commit`` that of the configuration, ``source`` where records lay."""

    format: int = FORMAT
    time: str
    source: str
    commit: str = ""
    records: dict[str, int] = {}
    fields: dict[str, FieldFigures] = {}
    findings: dict[str, int] = {}
    scorecard: tuple[Kpi, ...] = ()

    @property
    def day(self) -> str:
        """The day of the audit, YYYY-MM-DD."""
        return self.time[:10]


def aggregates(
    audit: Audit, findings: Iterable[Diagnostic], scorecard: Sequence[Kpi], *, time: str, source: str, commit: str
) -> Aggregates:
    """What is kept of an audit; ``findings`` are those that count."""
    scene = audit.scene
    counted = {parent: scene.records(parent) for parent in scene.holdings}
    return Aggregates(
        time=time,
        source=source,
        commit=commit,
        records={parent: count for parent, count in counted.items() if count is not None},
        fields={
            one.facts.address: FieldFigures(one.verdict, _short(one.facts.share), _short(one.facts.recent_share))
            for one in audit.verdicts
        },
        findings=dict(sorted(Counter(one.code for one in findings).items())),
        scorecard=tuple(scorecard),
    )


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 6)


def written(kept: Aggregates) -> bytes:
    """The bytes that are kept, the same for the same figures."""
    return encode(kept)


def read(data: bytes) -> Aggregates | None:
    """What was kept; None where a later version kept it in another form."""
    try:
        found = msgspec.json.decode(data, type=Aggregates)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return found if found.format == FORMAT else None


def earlier(kept: Aggregates) -> Mapping[str, EarlierField]:
    """The fields of an earlier audit, as the verdicts of a later one compare with them."""
    return {address: EarlierField(kept.day, one.verdict, one.filled) for address, one in kept.fields.items()}
