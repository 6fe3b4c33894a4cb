"""Records that tell what each round of questions costs before they are asked."""

from collections.abc import Callable, Mapping

from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Answers, Asked, Calls, Holding, Records


class Announced:
    """The same records; ``tell`` is given a line for each object of each round: "Lead: 42 fields, 5 statements"."""

    def __init__(self, records: Records, tell: Callable[[str], None]) -> None:
        self.name = records.name
        self._records, self._tell = records, tell

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
        """All figures, after telling what they cost."""
        for name, cost in sorted(self.calls(asked).items()):
            plural = "" if cost.statements == 1 else "s"
            self._tell(f"{name}: {cost.fields} fields, {cost.figures} figures, {cost.statements} statement{plural}")
        return self._records.answer(asked)

    def close(self) -> None:
        """Let go of it."""
        self._records.close()
