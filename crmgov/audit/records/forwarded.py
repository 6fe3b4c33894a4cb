"""Records that stand before others and change how these are asked."""

from collections.abc import Mapping

from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Answers, Asked, Calls, Holding, Records


class Forwarded:
    """The same records; what stands before them takes ``answer`` over."""

    def __init__(self, records: Records) -> None:
        self.name = records.name
        self._records = records

    def holdings(self) -> Mapping[str, Holding]:
        """What the source holds."""
        return self._records.holdings()

    def problems(self) -> list[Diagnostic]:
        """What is wrong with it."""
        return self._records.problems()

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost."""
        return self._records.calls(asked)

    def answer(self, asked: Asked) -> Answers:
        """All figures."""
        return self._records.answer(asked)

    def close(self) -> None:
        """Let go of it."""
        self._records.close()
