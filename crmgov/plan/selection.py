"""Which addresses an option speaks of."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from crmgov.model.address import for_people


def selected(address: str, only: Sequence[str], excluded: Sequence[str]) -> bool:
    """Whether an address takes part: named by ``only`` (if given) and not by ``excluded``.

    A pattern names an address with or without its kind, in any case, ``*`` standing for any text; naming an object
    names what belongs to it.
    """
    if only and not any(names(pattern, address) for pattern in only):
        return False
    return not any(names(pattern, address) for pattern in excluded)


def names(pattern: str, address: str) -> bool:
    """Whether a pattern names an address."""
    wanted, full = pattern.lower(), address.lower()
    bare = for_people(full)
    if fnmatchcase(full, wanted) or fnmatchcase(bare, wanted):
        return True
    owner = for_people(wanted) if wanted.startswith("object/") else wanted
    return "/" not in owner and (bare.startswith(owner + ".") or full == f"object/{owner}")
