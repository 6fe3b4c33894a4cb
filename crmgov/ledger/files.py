"""The names under which a store keeps a ledger's parts."""

HEADS = "heads/"

_THOUSAND = 1000


def entry_name(number: int) -> str:
    """The file of an entry."""
    return f"{entry_folder(number)}{number % _THOUSAND:03}"


def entry_folder(number: int) -> str:
    """The folder of an entry: a thousand of them to each."""
    return f"entries/{number // _THOUSAND:04}/"


def entry_folders(last: int) -> list[str]:
    """All folders that entries up to this number are in, oldest first."""
    return [entry_folder(first) for first in range(0, last + 1, _THOUSAND)]


def body_name(digest: str) -> str:
    """The file of a body, in one of 256 folders."""
    return f"bodies/{digest[:2]}/{digest}"
