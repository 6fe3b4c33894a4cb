"""One object's records as a table, with a column, or something like one, for each of its fields."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from crmgov.model.figures import Holding

SEPARATOR = ";"
"""Between the values of a field that holds several, in a file (Salesforce, HubSpot and Zoho export them so)."""


class UnknowableError(Exception):
    """Raised with the reason why records as they are now cannot answer."""


class Linked(NamedTuple):
    """Several values in a table of their own: pairs of a record's key and a value."""

    table: Any
    record: str
    value: str


class Relation:
    """One object's records. ``columns`` are typed column expressions of ``table`` by native field name.

    ``raw`` are the texts of columns that are typed by reading these; what does not read as the type is null in
    ``columns``, and yet a value. ``unreadable`` are fields where that is too frequent to ask for the type, and why.
    """

    def __init__(
        self,
        holding: Holding,
        table: Any,
        columns: Mapping[str, Any],
        *,
        key: str = "",
        links: Mapping[str, Linked] | None = None,
        raw: Mapping[str, Any] | None = None,
        unreadable: Mapping[str, str] | None = None,
    ) -> None:
        self.holding = holding
        self.table = table
        self._columns = columns
        self._key = key
        self._links = {} if links is None else links
        self._raw = {} if raw is None else raw
        self._unreadable = {} if unreadable is None else unreadable

    def value(self, field: str) -> Any:
        """The typed column of a field. Raises KeyError where the source does not hold it, UnknowableError where too
        many of its values are of another type."""
        if field in self._unreadable:
            raise UnknowableError(self._unreadable[field])
        return self._columns[field]

    def text(self, field: str) -> Any:
        """A field's values as text, spelt alike on every database."""
        column, kind = self._columns[field], self.holding.kinds[field]
        if kind == "boolean":
            column = column.ifelse("true", "false")
        if field in self._raw:
            return column.cast("string").coalesce(self._raw[field])
        return column if kind in ("text", "many") and column.type().is_string() else column.cast("string")

    def present(self, field: str) -> Any:
        """Whether a record has any value there; an empty text is none."""
        if field in self._links:
            link = self._links[field]
            return self.table[self._key].isin(link.table[link.record])
        column = self._raw.get(field, self._columns[field])
        there = column.notnull()
        return there & (column.strip() != "").fill_null(False) if column.type().is_string() else there

    def filled(self, field: str, blanks: Sequence[str]) -> Any:
        """Whether a record has a value that says something: not one of ``blanks`` (lower case), not a box unticked."""
        present = self.present(field)
        if field in self._links:
            return present
        if self.holding.kinds[field] == "boolean":
            ticked = self._columns[field].fill_null(False)
            return ticked | (present & self._columns[field].isnull())
        if not blanks:
            return present
        return present & ~self.text(field).strip().lower().isin(list(blanks)).fill_null(False)

    def includes(self, field: str, values: Sequence[str]) -> Any:
        """Whether one of several values is among those a record holds."""
        if field in self._links:
            link = self._links[field]
            wanted = link.table.filter(link.table[link.value].isin(list(values)))
            return self.table[self._key].isin(wanted[link.record])
        import ibis

        padded = ibis.literal(SEPARATOR) + self._columns[field] + SEPARATOR
        return ibis.or_(*(padded.contains(f"{SEPARATOR}{value}{SEPARATOR}") for value in values))

    def counted(self, field: str) -> tuple[Any, Any]:
        """The table and the text column in which single values of a field are counted."""
        if field in self._links:
            link = self._links[field]
            return link.table, link.table[link.value].cast("string")
        return self.table, self.text(field)
