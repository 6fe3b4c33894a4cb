"""Which fields are named by what a source holds beside resources. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from crmgov.check.find import Finder
from crmgov.check.formulas import MOST_HOPS
from crmgov.check.paths import follow
from crmgov.check.tree import Case, Tree, parts
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

Mentioned = Mapping[str, tuple[str, ...]]
"""By address of a field: the addresses of what mentions it, in their order."""


def mentioned(
    snapshot: Snapshot,
    catalogues: Sequence[Catalogue] = (),
    *,
    case: Case = "exact",
    of: Collection[str] | None = None,
) -> Mentioned:
    """The mentions of all fields of a snapshot, or ``of`` these alone.

    A field named without its object is mentioned wherever there is one of that name. What names no field that is here
    is no fault: it may belong to a package.
    """
    if not snapshot.elsewhere.mentions:
        return {}
    tree = Tree(snapshot, catalogues, case=case)
    finder, loose = Finder(tree), _by_name(tree)
    found: dict[str, dict[str, None]] = {}
    for one, mention in snapshot.elsewhere.mentions.items():
        for field in mention.fields:
            for address in _meant(finder, loose, field):
                if of is None or address in of:
                    found.setdefault(address, {})[one] = None
    return {address: tuple(ones) for address, ones in found.items()}


def _meant(finder: Finder, loose: Mapping[str, Sequence[str]], field: str) -> Iterator[str]:
    owner, _, path = field.partition(".")
    if not owner:
        yield from loose.get(path.casefold(), ())
        return
    spelt = finder.find("Object", owner)
    yield from follow(finder, spelt.name or owner, path, most=MOST_HOPS).passed


def _by_name(tree: Tree) -> dict[str, list[str]]:
    """Addresses of fields by their name in small letters."""
    found: dict[str, list[str]] = {}
    for address in tree.of_kind("Field"):
        found.setdefault(parts(address)[2].casefold(), []).append(address)
    return found
