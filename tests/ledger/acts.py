"""What a run writes, in short."""

from crmgov.ledger.entries import BatchIntent, HeadsChanged, SetHead
from crmgov.ledger.holder import Holder, this_process
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import digest
from crmgov.model.provider import Identity

AT = "2026-01-01T00:00:00Z"
IDENTITY = Identity(provider="sql", instance="one", kind="production")
OTHER = Identity(provider="sql", instance="two", kind="production")


def started(ledger: Ledger, run: str = "r1") -> Holder:
    """The ledger bound and locked."""
    holder = this_process(run)
    ledger.bind(IDENTITY)
    ledger.lock(holder)
    return holder


def set_heads(
    *natives: str, commit: str = "c1", keep: tuple[str, ...] | None = None, body: bytes = b"{}"
) -> HeadsChanged:
    """Heads whose desired and observed bodies are the given one."""
    found = digest(body)
    heads = tuple(SetHead(native, native, found, found) for native in natives)
    return HeadsChanged(set=heads, commit=commit, author="ana", keep=keep)


def applied(ledger: Ledger, run: str, *natives: str, commit: str = "c1", keep: tuple[str, ...] = ()) -> None:
    """A whole run that sets these heads and records its commit for all but the kept ones."""
    holder = started(ledger, run)
    what = set_heads(*natives, commit=commit, keep=keep)
    ledger.append([BatchIntent(batch=0)], {}, holder=holder, at=AT)
    ledger.append([what], {digest(b"{}"): b"{}"}, holder=holder, at=AT)
    ledger.release(holder)
