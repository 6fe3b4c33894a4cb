"""The files of one object as one table, with typed columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from crmgov.audit.records.beside import beside
from crmgov.audit.records.database import Kind
from crmgov.audit.records.engines.duckdb import rows
from crmgov.audit.records.engines.engine import PATIENCE
from crmgov.audit.records.fitting import UNUSED
from crmgov.audit.records.part import Part
from crmgov.audit.records.refusals import TooSlowError, refusal
from crmgov.audit.records.relation import Relation
from crmgov.audit.records.shut import narrow_views, view
from crmgov.audit.records.text import UnreadableError
from crmgov.audit.records.typed import typed, unread
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Holding

BESIDE = {"created": "datetime", "modified": "datetime", "logged_in": "datetime", "active": "boolean"}
"""By role: the type of a column that is no field; all others are text."""


class Related:
    """One object's records. Raises UnreadableError where the engine cannot read what a file says that it holds."""

    def __init__(
        self, connection: Any, name: str, parts: Sequence[Part], types: Mapping[str, str], strange: Sequence[str]
    ) -> None:
        import duckdb

        self.problems: list[Diagnostic] = []
        self._connection = connection
        try:
            self._relate(name, parts, types, strange)
        except duckdb.OutOfMemoryException as error:
            raise UnreadableError("there is too little memory for it") from error
        except TooSlowError as error:
            raise UnreadableError(str(error)) from error
        except duckdb.Error as error:
            raise UnreadableError(f"its values are damaged, or of no kind that is read ({refusal(error)})") from error

    def _relate(self, name: str, parts: Sequence[Part], types: Mapping[str, str], strange: Sequence[str]) -> None:
        connection = self._connection
        self._table = view(connection, name, parts)
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
        found = unread(name, types, columns, {} if self.twice else read, self._row, dialect="duckdb")
        self.problems += found.problems
        holding = Holding(object=name, kinds=kinds, strange=tuple(strange))
        self.relation = Relation(
            msgspec.structs.replace(holding, **roles), self._table, columns, texts=read,
            unreadable=found.reasons, untyped=found.untyped, view=narrow_views(connection, name, parts),
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
        return rows(self._connection, expression, PATIENCE)[0]
