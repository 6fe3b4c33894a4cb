"""What is known of each field: how far it is filled, who writes it, where it is used, and what could not be known."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from crmgov.audit.ages import Age
from crmgov.audit.code import CodeUse
from crmgov.audit.earlier import EarlierField
from crmgov.audit.population import Figures, Part, answered, figures, is_computed, parts_of, recent, unmeasured
from crmgov.audit.scene import RECORDS, AuditScene
from crmgov.audit.writers import Writers
from crmgov.check.governance.made import Made
from crmgov.model.audits import OFFERING
from crmgov.model.canonical import Body
from crmgov.model.figures import Answer, Figure


class FieldFacts(NamedTuple):
    """One field, with evidence. Answers are unmeasured where nothing was counted."""

    address: str
    parent: str
    name: str
    body: Body
    records: Answer
    filled: Answer
    recent: Answer
    """Records filled among those made recently."""
    recent_records: Answer
    latest: Answer
    """When a record with a value there was last written; the value itself may be older."""
    uses: Mapping[str, tuple[str, ...]]
    """What uses it, by kind: resources, and what else the CRM holds (see ``Snapshot.elsewhere``)."""
    writers: tuple[str, ...]
    """Who can write it: ``users``, ``automation``, ``integration``, ``import``."""
    written: bool | None = None
    """Whether a record with a value there was written recently; None where the source does not say."""
    by_type: tuple[Part, ...] = ()
    """By record type; empty where the source does not say."""
    hands: Mapping[str, int] = {}
    """Records with a value by who wrote them last, where the source says; see ``Writers.hands``."""
    defaulted: int | None = None
    """Records that hold the default; None where that was not asked or there is none."""
    placeheld: int | None = None
    """Records that hold a placeholder or the default, as text; None where that was not asked."""
    code: CodeUse | None = None
    """Where program text names it; None where it does not, or none was looked at."""
    age: Age | None = None
    """None where nothing says how long it has existed."""
    demanded: bool = False
    """Whether a layout demands it."""
    earlier: EarlierField | None = None
    """What the last stored audit said of it."""

    @property
    def share(self) -> float | None:
        """Share of all records filled, 0 to 1."""
        return share_of(self.filled, self.records)

    @property
    def recent_share(self) -> float | None:
        """Share of recent records filled."""
        return share_of(self.recent, self.recent_records)

    @property
    def computed(self) -> bool:
        """Whether the CRM works its values out."""
        return is_computed(self.body)

    @property
    def required(self) -> bool:
        """Whether a record cannot be saved without it, at least on some layout."""
        return self.demanded or is_required(self.body)

    @property
    def wired(self) -> bool:
        """Whether anything depends on it, rather than offering it."""
        return self.code is not None or any(kind not in OFFERING for kind in self.uses)

    @property
    def trend(self) -> float | None:
        """By how much the share filled moved since the last stored audit; None where there is none."""
        now, before = self.share, self.earlier.share if self.earlier is not None else None
        return None if now is None or before is None else now - before


def is_required(body: Body) -> bool:
    """Whether no record can be saved without the field, on whatever layout."""
    return body.get("required") is True or body.get("type") == "master_detail"


def share_of(part: Answer, whole: Answer) -> float | None:
    """A share; None where either is not known or there is nothing to share."""
    one, two = part.evidence.count, whole.evidence.count
    return None if one is None or not two else one / two


def facts(scene: AuditScene) -> Iterator[FieldFacts]:
    """Every field that is judged, in the order of the configuration."""
    writers = Writers(scene.config)
    for made in scene.judged:
        address, parent, name, body = made
        since = recent(scene, parent)
        known = FieldFacts(
            address=address, parent=parent, name=name, body=body,
            records=scene.answer(parent, RECORDS),
            filled=_uncounted(scene, made), recent=answered(scene, parent, None),
            recent_records=answered(scene, parent, None if since is None else Figure(metric="records", where=since)),
            latest=answered(scene, parent, None),
            uses=_uses(scene, address),
            writers=tuple(writers.of(parent, name)),
            demanded=any(how == "required" for _, how in scene.config.shown.on(parent, name).values()),
            code=scene.code.get(address), age=scene.ages.get(address), earlier=scene.earlier.get(address),
        )  # fmt: skip
        countable = scene.holds(parent, name) and not is_computed(body)
        yield _counted(scene, known, figures(scene, made), writers) if countable else known


def _uncounted(scene: AuditScene, made: Made) -> Answer:
    """Why a field is not counted."""
    _, parent, name, body = made
    if is_computed(body):
        return unmeasured(f"the CRM works it out ({_sort(body)}), so how far it is filled says nothing of its use")
    if not scene.holds(parent, name):
        return unmeasured("the records hold no column for it")
    return answered(scene, parent, None)


def _sort(body: Body) -> str:
    return "formula" if body.get("formula") else "rollup" if body.get("rollup") else str(body.get("type"))


def _counted(scene: AuditScene, known: FieldFacts, wanted: Figures, writers: Writers) -> FieldFacts:
    parent = known.parent
    filled = scene.answer(parent, wanted.filled)
    present = scene.count(parent, wanted.present) if wanted.present is not None else None
    told = filled.evidence.count
    editors = answered(scene, parent, wanted.by_editor).counts
    old = scene.count(parent, wanted.old) if wanted.old is not None else None
    latest = answered(scene, parent, wanted.latest)
    since = scene.today - timedelta(days=scene.settings.recent_days)
    proven = Age(scene.settings.young_days, at_least=True) if old else None
    return known._replace(
        filled=filled,
        recent=answered(scene, parent, wanted.recent),
        latest=latest,
        written=latest.text[:10] >= since.isoformat() if latest.text else None,
        by_type=parts_of(scene, parent, wanted, filled),
        hands=writers.hands(editors),
        defaulted=scene.count(parent, wanted.default) if wanted.default is not None else None,
        placeheld=None if present is None or told is None else present - told,
        age=proven or known.age,
    )


def _uses(scene: AuditScene, address: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for user, _ in scene.config.uses.get(address, ()):
        if user != address:
            found.setdefault(user.partition("/")[0], {})[user] = None
    for user in (*scene.config.mentioned.get(address, ()), *scene.unmanaged.get(address, ())):
        found.setdefault(user.partition("/")[0], {})[user] = None
    return {kind: tuple(users) for kind, users in found.items()}
