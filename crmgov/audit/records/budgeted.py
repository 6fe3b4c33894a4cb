"""Records of which no more is asked than was allowed: vendors count calls, and queries may cost money."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from crmgov.audit.records.forwarded import Forwarded
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer, Answers, Asked, Figure, Records


class Budgeted(Forwarded):
    """The same records, asked in ``most`` statements (or calls) at most; figures beyond that are unmeasured.

    What is cheapest to count whole comes first, and of an object that can be counted only in part, what was wanted
    first. A statement that the source refuses is asked again in parts, which is not foreseen. ``tell`` is given a line
    before each round of questions.
    """

    def __init__(self, records: Records, most: int, tell: Callable[[str], None]) -> None:
        super().__init__(records)
        self._most, self._left, self._tell = most, most, tell

    def answer(self, asked: Asked) -> Answers:
        """What can be answered within what is left; all else says that it was not asked."""
        wanted = {name: list(dict.fromkeys(figures)) for name, figures in asked.items()}
        costs = {name: self._cost(name, figures) for name, figures in wanted.items()}
        allowed: dict[str, Sequence[Figure]] = {}
        before = self._left
        for name in sorted(wanted, key=lambda name: (costs[name], name)):
            within = self._within(name, wanted[name])
            if within:
                allowed[name] = wanted[name][:within]
                self._left -= self._cost(name, allowed[name])
        spent, whole = before - self._left, sum(costs.values())
        short = "" if whole <= before else f"; {whole:,} are wanted, and only so many are left"
        self._tell(f"{_calls(spent)} of {self._most:,} for the next figures{short}")
        answers = self._records.answer(allowed) if allowed else Answers()
        for name, figures in wanted.items():
            for figure in figures[len(allowed.get(name, ())) :]:
                answers[name, figure] = self._unasked()
        return answers

    def _cost(self, name: str, figures: Iterable[Figure]) -> int:
        costs = self._records.calls({name: figures})
        return costs[name].statements if name in costs else 0

    def _within(self, name: str, figures: Sequence[Figure]) -> int:
        """How many figures, from the first on, cost no more than is left; more figures never cost less."""
        counts = range(1, len(figures) + 1)
        return bisect_right(counts, self._left, key=lambda count: self._cost(name, figures[:count]))

    def _unasked(self) -> Answer:
        reason = f"not asked: what was allowed, {_calls(self._most)}, is used up"
        return Answer(evidence=Evidence(exactness="unmeasured", reason=reason, source=self.name))


def _calls(number: int) -> str:
    return f"{number:,} call{'' if number == 1 else 's'}"
