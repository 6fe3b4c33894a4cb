"""Records that tell what each round of questions costs before they are asked."""

from collections.abc import Callable

from crmgov.audit.records.forwarded import Forwarded
from crmgov.model.figures import Answers, Asked, Records


class Announced(Forwarded):
    """The same records; ``tell`` is given a line for each object of each round: "Lead: 42 fields, 5 statements"."""

    def __init__(self, records: Records, tell: Callable[[str], None]) -> None:
        super().__init__(records)
        self._tell = tell

    def answer(self, asked: Asked) -> Answers:
        """All figures, after telling what they cost."""
        for name, cost in sorted(self.calls(asked).items()):
            plural = "" if cost.statements == 1 else "s"
            self._tell(f"{name}: {cost.fields} fields, {cost.figures} figures, {cost.statements} statement{plural}")
        return self._records.answer(asked)
