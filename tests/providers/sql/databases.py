"""Databases for tests: each test runs on SQLite and on PostgreSQL."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.operations import Operation, Outcome
from crmgov.model.provider import Scope
from crmgov.model.snapshot import Coverage, Snapshot, kind_of
from crmgov.providers.sql.provider import SqlProvider
from tests.providers.steps import apply, operations

_runs = itertools.count(1)


class Db:
    """One initialised database, seen through the provider and by hand."""

    def __init__(self, url: str, root: Path) -> None:
        self.url = url
        self.root = root
        self.provider = SqlProvider(url, root=root, kind="sandbox")
        self.provider.initialise()
        target = f"sqlite:///{root / url.removeprefix('sqlite:///')}" if self.sqlite else url.replace(
            "postgresql://", "postgresql+psycopg://"
        )  # fmt: skip
        self._engine = create_engine(target, poolclass=NullPool)

    @property
    def sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def hand(self, *statements: str) -> None:
        """What somebody does by hand."""
        with self._engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is really there."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def insert(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Records, entered by hand."""
        with self._engine.begin() as connection:
            for row in rows:
                columns = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join(f":p{index}" for index in range(len(row)))
                values = {f"p{index}": value for index, value in enumerate(row.values())}
                connection.execute(text(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'), values)

    def live(self) -> dict[str, Body]:
        """The live bodies by address."""
        found = self.provider.read(Scope())
        return {address: found.body(address) for address in found}

    def left(self) -> Mapping[str, int]:
        """What reading counted and did not model."""
        return self.provider.read(Scope()).left

    def coverage(self) -> Coverage:
        """What reading says it knows."""
        return self.provider.read(Scope()).coverage

    def want(self, resources: Mapping[str, Body], last: Snapshot | None = None) -> list[Outcome]:
        """Apply desired state; with ``last`` what it held and is no longer wanted goes too."""
        steps = operations(self.provider, self.desired(resources), self.provider.read(Scope()), last)
        return apply(self.provider, steps, f"run {next(_runs)}")

    def desired(self, resources: Mapping[str, Body]) -> Snapshot:
        """Desired state in normal form."""
        bodies = {text: canonical_body(kind_of(text), body) for text, body in resources.items()}
        found = self.provider.normalise(Snapshot.of("configuration", bodies))
        assert not found.diagnostics
        return found.snapshot

    def change(self, address: str, **attributes: object) -> Outcome:
        """Change attributes of one live resource; None takes one away."""
        before = self.live()[address]
        after = {name: value for name, value in {**before, **attributes}.items() if value is not None}
        after = canonical_body(kind_of(address), after)
        return self.run(Operation(step=1, action="modify", address=address, before=before, after=after))[0]

    def remove(self, *addresses: str) -> list[Outcome]:
        """Remove resources in this order."""
        return self.run(*(Operation(step=n, action="remove", address=a) for n, a in enumerate(addresses, 1)))

    def rename(self, old: str, new: str) -> Outcome:
        """Rename one resource."""
        before = self.live()[old]
        return self.run(Operation(step=1, action="rename", address=new, renamed_from=old, before=before, after=before))[
            0
        ]

    def run(self, *steps: Operation) -> list[Outcome]:
        """Carry steps out."""
        return apply(self.provider, list(steps), f"run {next(_runs)}")


def done(outcomes: Sequence[Outcome]) -> bool:
    """Whether every step was done."""
    return bool(outcomes) and all(outcome.status == "done" for outcome in outcomes)
