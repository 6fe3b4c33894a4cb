"""Resources described twice, and names that most CRMs take for one."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from crmgov.model.diagnostics import Diagnostic, Related, Where, of


def folded(address: str) -> str:
    """An address as caseless systems see it."""
    return address.lower() if address.isascii() else unicodedata.normalize("NFC", address).casefold()


def clashes(addresses: Sequence[str], rows: Mapping[str, int], place: Callable[[int], Where]) -> list[Diagnostic]:
    """What is wrong with the addresses taken together; ``rows`` holds the row of the first of each address."""
    problems: list[Diagnostic] = []
    if len(rows) != len(addresses):
        for row, address in enumerate(addresses):
            first = rows[address]
            if first != row:
                problems.append(_twice("DOC008", f"{address} is described twice", address, place(row), place(first)))
    seen: dict[str, str] = {}
    if len({folded(address) for address in rows}) != len(rows):
        for address, row in rows.items():
            other = seen.setdefault(folded(address), address)
            if other != address:
                told = f"{address} and {other} differ only in capitals"
                if address.casefold() != other.casefold():
                    told = f"{address} is written with other code points than {other}, and looks the same"
                problems.append(_twice("DOC009", told, address, place(row), place(rows[other])))
    return problems


def _twice(code: str, told: str, address: str, here: Where, there: Where) -> Diagnostic:
    return of(code, told, at=_named(here), address=address, related=(Related("Also described at", _named(there)),))


def _named(where: Where) -> Where:
    """The name of a resource rather than the whole of it."""
    if where.route:
        return Where(where.file, where.document, where.route, on_key=True)
    return Where(where.file, where.document, ("name",))
