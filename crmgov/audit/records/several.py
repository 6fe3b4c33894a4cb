"""Records from several sources, each object from one of them."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date

from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Answers, Asked, Calls, Dates, Holding, Records


class SeveralRecords:
    """Sources behind one door. ``by_object`` says which source is asked of an object; others are asked of nothing."""

    def __init__(self, by_object: Mapping[str, Records]) -> None:
        self._by_object = by_object
        self._sources: Sequence[Records] = list({id(source): source for source in by_object.values()}.values())
        self.name = ", ".join(dict.fromkeys(source.name for source in self._sources))

    def holdings(self) -> Mapping[str, Holding]:
        """What the sources hold of the objects they are asked of."""
        held = {id(source): source.holdings() for source in self._sources}
        return {name: held[id(source)][name] for name, source in self._by_object.items() if name in held[id(source)]}

    def problems(self) -> list[Diagnostic]:
        """What is wrong with any of them."""
        return [problem for source in self._sources for problem in source.problems()]

    def made(self) -> Mapping[str, date]:
        """By address, the day that something was made, as far as one of them tells."""
        return {at: day for source in self._sources if isinstance(source, Dates) for at, day in source.made().items()}

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost."""
        return {name: cost for source in self._sources for name, cost in source.calls(self._of(source, asked)).items()}

    def answer(self, asked: Asked) -> Answers:
        """All figures, each from its object's source."""
        answers = Answers()
        for source in self._sources:
            answers.update(source.answer(self._of(source, asked)))
        return answers

    def close(self) -> None:
        """Let go of all of them, also where one cannot be closed."""
        with ExitStack() as stack:
            for source in self._sources:
                stack.callback(source.close)

    def _of(self, source: Records, asked: Asked) -> Asked:
        return {name: figures for name, figures in asked.items() if self._by_object.get(name) is source}
