"""One object's records as a table, with a column, or something like one, for each of its fields."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crmgov.model.figures import Holding

SEPARATOR = ";"
"""Between the values of a field that holds several, in a file (Salesforce, HubSpot and Zoho export them so)."""


class Linked(NamedTuple):
    """Several values in a table of their own: pairs of a record's key and a value."""

    table: Any
    record: str
    value: str


class Relation:
    """One object's records. ``columns`` are typed column expressions of ``table`` by native field name."""

    def __init__(
        self,
        holding: Holding,
        table: Any,
        columns: Mapping[str, Any],
        *,
        key: str = "",
        links: Mapping[str, Linked] | None = None,
    ) -> None:
        self.holding = holding
        self.table = table
        self._columns = columns
        self.key = key
        """A column that no two records share; empty where nothing vouches for that."""
        self.all_links: Mapping[str, Linked] = {} if links is None else links

    def links(self, field: str) -> Linked | None:
        """The table that holds a field's values, where they lie in one of their own."""
        return self.all_links.get(field)

    def value(self, field: str) -> Any:
        """The typed column of a field. Raises KeyError where the source does not hold it."""
        return self._columns[field]

    def text(self, field: str) -> Any:
        """A field's values as text, spelt alike on every database."""
        column, kind = self._columns[field], self.holding.kinds[field]
        if kind == "boolean":
            return column.ifelse("true", "false")
        return column if kind in ("text", "many") and column.type().is_string() else column.cast("string")

    def present(self, field: str) -> Any:
        """Whether a record has any value there; an empty text is none."""
        if field in self.all_links:
            link = self.all_links[field]
            return self.table[self.key].isin(link.table[link.record])
        column = self._columns[field]
        there = column.notnull()
        return there & (column.strip() != "").fill_null(False) if column.type().is_string() else there

    def filled(self, field: str, blanks: Sequence[str]) -> Any:
        """Whether a record has a value that says something: not one of ``blanks`` (lower case), not a box unticked."""
        present = self.present(field)
        if field in self.all_links:
            return present
        if self.holding.kinds[field] == "boolean":
            return self._columns[field].fill_null(False)
        if not blanks:
            return present
        return present & ~self.text(field).strip().lower().isin(list(blanks)).fill_null(False)

    def includes(self, field: str, values: Sequence[str]) -> Any:
        """Whether one of several values is among those a record holds."""
        if field in self.all_links:
            link = self.all_links[field]
            wanted = link.table.filter(link.table[link.value].isin(list(values)))
            return self.table[self.key].isin(wanted[link.record])
        import ibis

        padded = ibis.literal(SEPARATOR) + self._columns[field] + SEPARATOR
        return ibis.or_(*(padded.contains(f"{SEPARATOR}{value}{SEPARATOR}") for value in values))

    def counted(self, field: str) -> tuple[Any, Any]:
        """The table and the text column in which single values of a field are counted."""
        if field in self.all_links:
            link = self.all_links[field]
            return link.table, link.table[link.value].cast("string")
        return self.table, self.text(field)
