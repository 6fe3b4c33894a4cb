"""The records of a CRM itself: of each object, counts of its own, or a copy that is counted here and then removed.

A copy answers every figure, all of the same records; counts of the CRM's own answer what it can say. Which it is
depends on what may be asked (calls), on how large a copy would be, and on whether copies are to be had at all.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from crmgov.audit.records.staging import Staging
from crmgov.model.diagnostics import Diagnostic, Place, of
from crmgov.model.figures import Answer, Answers, Asked, Calls, Copied, Copies, Figure, Holding, Records

FEW = 3
"""Calls that answer everything asked of an object, for which no copy is made."""
LARGE = 16 << 30
"""Bytes of a copy at most."""
_RAGGED = ("FILES002", "FILES003", "FILES004", "FILES005")
"""What is told of files whose rows are not all whole."""
Opening = Callable[[Mapping[str, Path], Mapping[str, Mapping[str, str]]], Records]
"""Opens copies, by object, with the types of their columns."""


class LiveRecords:
    """Records that a CRM holds. ``opening`` opens copies of them; ``tell`` is given a line before anything is asked."""

    def __init__(self, source: Copies, opening: Opening, tell: Callable[[str], None]) -> None:
        self.name = source.name
        self._source, self._opening, self._tell = source, opening, tell
        self._staging = Staging()
        self._copied: dict[str, Copied] = {}
        self._paths: dict[str, Path] = {}
        self._files: Records | None = None
        self._counted: set[str] = set()
        self._found: list[Diagnostic] = []

    def holdings(self) -> Mapping[str, Holding]:
        """What the CRM shows."""
        return self._source.holdings()

    def made(self) -> Mapping[str, date]:
        """By address, the day that a field or object was made, as far as the CRM tells."""
        return self._source.made()

    def problems(self) -> list[Diagnostic]:
        """What is not shown, what could not be copied, and what is wrong in the copies."""
        copies = [] if self._files is None else self._files.problems()
        return [*self._source.problems(), *self._found, *(msgspec.structs.replace(one, at=None) for one in copies)]

    def calls(self, asked: Asked) -> Mapping[str, Calls]:
        """What the figures would cost; a copy that is there costs nothing."""
        found = dict(self._source.calls(asked))
        for name, cost in found.items():
            if name in self._copied:
                found[name] = msgspec.structs.replace(cost, statements=0)
            elif name not in self._counted and not self._few(name, asked[name]):
                copying = self._source.copy_calls(name)
                if copying is not None:
                    found[name] = msgspec.structs.replace(cost, statements=copying)
        return found

    def answer(self, asked: Asked) -> Answers:
        """All figures, objects copied first as far as that is allowed."""
        wanted = {name: list(dict.fromkeys(figures)) for name, figures in asked.items()}
        self._copy(wanted)
        here = {name: figures for name, figures in wanted.items() if name in self._copied}
        there = {name: figures for name, figures in wanted.items() if name not in self._copied}
        answers = self._source.answer(there) if there else Answers()
        if here and self._files is not None:
            for (name, figure), answer in self._files.answer(here):
                answers[name, figure] = self._of_source(answer)
        return answers

    def close(self) -> None:
        """Let go of the CRM, and remove the copies."""
        try:
            if self._files is not None:
                self._files.close()
        finally:
            try:
                self._source.close()
            finally:
                self._staging.close()

    def _copy(self, wanted: Mapping[str, list[Figure]]) -> None:
        """Copy what is to be counted here, cheapest first, while calls are left."""
        costs = self._costs(wanted)
        own = sum(
            cost.statements for name, cost in self._source.calls(wanted).items() if name not in costs | self._copied
        )
        left = self._source.left()
        if not costs and not own:
            return
        whole = sum(costs.values()) + own
        parts = [f"copy {len(costs):,} object{'' if len(costs) == 1 else 's'}"] if costs else []
        parts += ["count"] if own else []
        more = f"{left:,} are left" + ("" if whole <= left else ", so that some of it stays unknown")
        self._tell(f"{self.name}: about {whole:,} call{'' if whole == 1 else 's'} to {' and '.join(parts)}; {more}")
        new = [
            name for name in sorted(costs, key=lambda name: (costs[name], name)) if self._copied_now(name, costs[name])
        ]
        if new:
            self._open(new)

    def _costs(self, wanted: Mapping[str, list[Figure]]) -> dict[str, int]:
        """What is to be copied, with what each copy costs."""
        found: dict[str, int] = {}
        for name in self._reached(wanted):
            if name in self._copied or name in self._counted or self._few(name, wanted.get(name, ())):
                continue
            cost = self._source.copy_calls(name)
            if cost is None or self._source.copy_bytes(name) > self._room():
                self._counted.add(name)
            else:
                found[name] = cost
        return found

    def _reached(self, wanted: Mapping[str, list[Figure]]) -> Iterable[str]:
        """The objects asked of, and those that what is asked of a copy leads to."""
        held = self._source.holdings()
        led = [there for figures in wanted.values() for figure in figures for _, there in figure.via]
        return [name for name in dict.fromkeys([*wanted, *led]) if name in held]

    def _few(self, name: str, figures: Iterable[Figure]) -> bool:
        """Whether a few calls answer all that is asked, so that nothing need be copied."""
        asked = {name: list(figures)}
        if not asked[name] or any(self._source.unsayable(asked).values()):
            return False
        return all(cost.statements <= FEW for cost in self._source.calls(asked).values())

    def _copied_now(self, name: str, cost: int) -> bool:
        if cost > self._source.left():
            self._counted.add(name)
            return False
        path = self._staging.new(".csv")
        copied = self._source.copy(name, path, self._room())
        if copied.reason:
            self._counted.add(name)
            path.unlink(missing_ok=True)
            self._found.append(of("RECORDS015", copied.reason))
            return False
        self._copied[name], self._paths[name] = copied, path
        return True

    def _open(self, new: Iterable[str]) -> None:
        """Open all copies together, so that what points from one at another is found; what is not whole is counted
        there instead.
        """
        self._reopen()
        short = [name for name in new if not self._whole(name)]
        for name in short:
            held = self._copied.pop(name).records
            self._paths.pop(name).unlink(missing_ok=True)
            self._counted.add(name)
            told = f"A copy of {name} of {held:,} records cannot be read whole"
            self._found.append(of("RECORDS015", told))
        if short:
            self._reopen()

    def _reopen(self) -> None:
        if self._files is not None:
            self._files.close()
            self._files = None
        if self._paths:
            self._files = self._opening(self._paths, {name: one.types for name, one in self._copied.items()})

    def _whole(self, name: str) -> bool:
        """Whether each record that was given is there, none of them mended."""
        assert self._files is not None
        label = self._paths[name].name
        if any(
            isinstance(one.at, Place) and one.at.file == label and one.code in _RAGGED for one in self._files.problems()
        ):
            return False
        every = Figure(metric="records")
        return self._files.answer({name: [every]})[name, every].evidence.count == self._copied[name].records

    def _room(self) -> int:
        """Bytes that a copy may take: what is read from it is kept a second time."""
        return min(LARGE, self._staging.room() // 3)

    def _of_source(self, answer: Answer) -> Answer:
        """An answer from a copy, told as the CRM's."""
        return msgspec.structs.replace(answer, evidence=msgspec.structs.replace(answer.evidence, source=self.name))
