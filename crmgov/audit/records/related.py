"""The files of one object as one table, with typed columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from crmgov.audit.records.beside import beside
from crmgov.audit.records.database import Kind
from crmgov.audit.records.fitting import UNUSED
from crmgov.audit.records.part import Part
from crmgov.audit.records.relation import Relation
from crmgov.audit.records.shut import view
from crmgov.audit.records.typed import typed, unread
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Holding

BESIDE = {"created": "datetime", "modified": "datetime", "logged_in": "datetime", "active": "boolean"}
"""By role: the type of a column that is no field; all others are text."""


class Related:
    """One object's records. ``reason`` says why they cannot be counted, where they cannot."""

    def __init__(
        self, connection: Any, name: str, parts: Sequence[Part], types: Mapping[str, str], strange: Sequence[str]
    ) -> None:
        self.problems: list[Diagnostic] = []
        self._connection = connection
        self._table = view(connection, name, [(part.path, part.columns) for part in parts])
        present = [column for column in self._table.columns if column != UNUSED]
        columns: dict[str, Any] = {}
        kinds: dict[str, Kind] = {}
        roles = beside(present)
        beside_types = {column: BESIDE[role] for role, column in roles.items() if role in BESIDE}
        for column in present:
            type_ = types.get(column) or beside_types.get(column, "text")
            columns[column], kinds[column] = typed(self._table[column], type_)
        texts = [column for column in present if self._table[column].type().is_string()]
        read = {column: self._table[column] for column in texts if kinds[column] in ("number", "time", "boolean")}
        self.twice = self._repeated(parts, roles.get("key", ""))
        found = unread(name, types, columns, {} if self.twice else read, self._row)
        self.problems += found.problems
        holding = Holding(object=name, kinds=kinds, strange=tuple(strange))
        self.relation = Relation(
            msgspec.structs.replace(holding, **roles), self._table, columns, texts=read,
            unreadable=found.reasons, untyped=found.untyped,
        )  # fmt: skip

    def _repeated(self, parts: Sequence[Part], key: str) -> int:
        """Records that stand in more than one file, as far as each file tells its records apart."""
        if len(parts) < 2 or not key or any(key not in part.columns for part in parts):
            return 0
        told_apart = self._table[key].cast("string").strip()
        table = self._table.filter(told_apart.notnull())
        row = self._run(table.aggregate(n=table.count(), different=told_apart.nunique()))
        return int(row["n"]) - int(row["different"])

    def _row(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._run(self._table.aggregate(**wanted))

    def _run(self, expression: Any) -> Mapping[str, Any]:
        row: Mapping[str, Any] = self._connection.to_pyarrow(expression).to_pylist()[0]
        return row
