"""Matching rules of objects as figures: what the engine compares exactly, and what is compared for likeness here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from crmgov.audit.scene import AuditScene
from crmgov.check.governance.scene import mapping
from crmgov.model.figures import TOGETHER, Figure, Likeness

_FORMS: Mapping[str, Likeness] = {
    "exact": "exact", "email": "email", "phone": "phone", "domain": "domain", "company_name": "company_name",
    "zip": "zip", "fuzzy": "words", "first_name": "words", "last_name": "words", "city": "words", "street": "words",
    "title": "words",
}  # fmt: skip
_LOOSE = frozenset(("fuzzy", "company_name", "first_name", "last_name", "street"))
"""Ways of comparing in which a slip of the pen is allowed."""
MOST = 20_000
"""Different values up to which likeness is looked for."""
_BLOCK = 300
"""Values in one block, each compared with each."""
_BEGIN = 2
"""Letters that begin alike in one block, where nothing else of a rule must be equal."""
_LIKE = 90
"""Likeness, 0 to 100, from which two values may be one misspelt."""
_LONG = 4
"""Letters below which two values are alike by chance."""


class Match(NamedTuple):
    """A matching rule in force whose fields the records hold."""

    parent: str
    name: str
    alike: tuple[tuple[str, Likeness], ...]
    loose: tuple[int, ...]
    """Places in ``alike`` of the fields in which likeness is enough."""
    blanks: tuple[str, ...]

    @property
    def repeated(self) -> Figure:
        """Records that are the same as another by the normal form of all fields."""
        return Figure(metric="repeated", alike=self.alike, blanks=self.blanks)

    @property
    def values(self) -> Figure:
        """The normal forms themselves, to look for those that are nearly the same."""
        return Figure(metric="values", alike=self.alike, blanks=self.blanks, most=MOST + 1)


class Near(NamedTuple):
    """What came of looking for likeness."""

    pairs: int
    """Pairs of different values that are nearly the same."""
    left_out: int
    """Values in blocks too large to compare each with each."""


def matches(scene: AuditScene) -> Iterator[Match]:
    """The rules in force, object by object."""
    for parent, holding in scene.holdings.items():
        address = scene.config.tree.address("Object", parent)
        if address not in scene.config.snapshot:
            continue
        for name, rule in mapping(scene.config.tree.body(address).get("matching")).items():
            fields = mapping(mapping(rule).get("fields"))
            known = all(how in _FORMS and holding.kinds.get(field, "many") != "many" for field, how in fields.items())
            if fields and known and mapping(rule).get("active") is not False:
                ordered = sorted(fields.items())
                alike = tuple((field, _FORMS[how]) for field, how in ordered)
                loose = tuple(place for place, (_, how) in enumerate(ordered) if how in _LOOSE)
                yield Match(parent, name, alike, loose, scene.settings.placeholders)


def near(match: Match, values: Sequence[str]) -> Near:
    """Pairs of values that are equal where they must be, and alike where that is enough."""
    blocks: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for value in values:
        parted = tuple(value.split(TOGETHER))
        if len(parted) == len(match.alike):
            blocks[_block(match, parted)].append(parted)
    pairs = left_out = 0
    for block in blocks.values():
        if len(block) > _BLOCK:
            left_out += len(block)
        else:
            pairs += sum(_pairs(match, block))
    return Near(pairs, left_out)


def _block(match: Match, parted: tuple[str, ...]) -> tuple[str, ...]:
    """What must be equal; where nothing must, the first letters of the first field that may differ."""
    strict = tuple(text for place, text in enumerate(parted) if place not in match.loose)
    return strict or tuple(text[:_BEGIN] for text in parted)


def _pairs(match: Match, block: list[tuple[str, ...]]) -> Iterator[int]:
    for place, one in enumerate(block):
        yield sum(1 for other in block[:place] if all(_alike(one[step], other[step]) for step in match.loose))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or _digits(one) != _digits(other):
        return False
    return fuzz.ratio(one, other) >= _LIKE


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
