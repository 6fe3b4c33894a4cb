"""What each field with listed values holds: listed values, other spellings of them, and values nobody listed."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from crmgov.audit.picklists import CHOSEN, Listing, listing
from crmgov.audit.quality.spelling import Spellings
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.made import Made
from crmgov.model.figures import SEPARATOR, Answer, Figure


class Held(NamedTuple):
    """One field. Each count is of records; names of values are those of the configuration."""

    made: Made
    listing: Listing
    answer: Answer
    whole: bool
    """Whether all values were seen; otherwise the counts are the least there are."""
    values: Counter[str]
    """Listed values."""
    aliases: Counter[str]
    """Spellings that the configuration declares, by the value they mean."""
    spellings: Counter[str]
    """Other spellings, by the value they mean."""
    strange: Counter[str]
    """Values that mean none of those listed. They are values of records: counted, never told."""

    @property
    def of(self) -> str:
        """What the counts are parts of, in words."""
        total = self.answer.evidence.count or 0
        return (
            f"{total:,} values held"
            if self.made[3].get("type") == "multipicklist"
            else f"{total:,} records with a value"
        )


def values_asked(scene: AuditScene, made: Made, where: bytes = b"") -> Figure | None:
    """The figure that counts a field's values; None where its list or its records are not known."""
    _, parent, name, body = made
    if body.get("type") not in CHOSEN or not scene.holds(parent, name):
        return None
    known = listing(scene.config, body)
    if known is None:
        return None
    return Figure(metric="values", field=name, where=where, most=scene.settings.few_values + len(known.values))


def held(scene: AuditScene) -> Iterator[Held]:
    """Every field with a known list whose values were counted."""
    spellings = scene.spellings
    for made in scene.fields:
        figure = values_asked(scene, made)
        answer = scene.answer(made[1], figure) if figure is not None else None
        if figure is None or answer is None or answer.evidence.exactness != "value":
            continue
        known = listing(scene.config, made[3])
        assert known is not None
        key = known.shared or made[0]
        if key not in spellings:
            spellings[key] = Spellings(known.values)
        yield _parted(made, known, answer, spellings[key], whole=len(answer.counts) < figure.most)


def _parted(made: Made, known: Listing, answer: Answer, spellings: Spellings, *, whole: bool) -> Held:
    found = Held(made, known, answer, whole, Counter(), Counter(), Counter(), Counter())
    for text, count in answer.counts:
        for value in text.split(SEPARATOR) if made[3].get("type") == "multipicklist" else (text,):
            _put(found, value.strip(), count, spellings)
    return found


def _put(found: Held, value: str, count: int, spellings: Spellings) -> None:
    if value in found.listing.values:
        found.values[value] += count
        return
    meant = spellings.means(value)
    if meant is None:
        found.strange[value] += count
    else:
        (found.aliases if meant.how == "alias" else found.spellings)[meant.name] += count
