"""The three ways in which a ledger says no."""

from crmgov.ledger import codes
from crmgov.ledger.holder import Holder
from crmgov.model.diagnostics import Diagnostic, of


class LedgerError(Exception):
    """The ledger could not do what was asked; the diagnostic is fit to show."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class LockHeld(LedgerError):  # noqa: N818 - named for what it says
    """Another run holds the lock."""

    def __init__(self, environment: str, holder: Holder) -> None:
        mend = ""
        if holder.dead():
            mend = f"That process is gone: finish its work with crmgov apply {environment} --resume."
        super().__init__(of(codes.LOCK_HELD, f"{environment} is locked by {holder}", mend=mend))
        self.holder = holder


class LockLost(LedgerError):  # noqa: N818 - named for what it says
    """The lock is not, or no longer, held by the one who writes."""

    def __init__(self, environment: str, run: str, holder: Holder | None) -> None:
        now = f"is held by {holder}" if holder else "is held by nobody"
        super().__init__(of(codes.LOCK_LOST, f"Run {run} lost the lock of {environment}, which now {now}"))
        self.holder = holder


def failed(code: str, message: str, *, mend: str = "") -> LedgerError:
    """A ledger error with one of the package's codes."""
    return LedgerError(of(code, message, mend=mend))
