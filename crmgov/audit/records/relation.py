"""One object's records as a table, with a column, or something like one, for each of its fields."""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from crmgov.audit.records.blank import BLANK, SPACES, bare, said
from crmgov.audit.records.narrow import View, narrowed
from crmgov.audit.records.patterns import put
from crmgov.model.figures import SEPARATOR, Holding

_SPACE = f"[{SPACES}]"
_EDGES = f"^{_SPACE}|{_SPACE}$"
SMALL = "crmgov_small"
"""The name of a function that SQLite lacks: small letters of every alphabet."""
_CAPITALS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŠŽŁŚŐŰČŘ"


class UnknowableError(Exception):
    """Raised with the reason why records as they are now cannot answer."""


class Linked(NamedTuple):
    """Several values in a table of their own: pairs of a record's key and a value."""

    table: Any
    record: str
    value: str


class Relation:
    """One object's records. ``columns`` are typed column expressions of ``table`` by native field name.

    ``dialect`` is the engine's name as Ibis knows it; engines differ in how they keep times and what is no number.
    Spaces, tabs and line ends around a text count for nothing; a text of blanks of any kind is blank, and so is NaN.
    ``texts`` are what stands in a file where ``columns`` hold what is read from it: a text that does not read as the
    type is null in ``columns``, and yet a value. ``unreadable`` tells of the fields that have such texts, and
    ``untyped`` names those that have too many of them.
    """

    def __init__(
        self,
        holding: Holding,
        table: Any,
        columns: Mapping[str, Any],
        *,
        key: str = "",
        links: Mapping[str, Linked] | None = None,
        dialect: str = "duckdb",
        texts: Mapping[str, Any] | None = None,
        unreadable: Mapping[str, str] | None = None,
        untyped: Collection[str] = (),
        view: View | None = None,
    ) -> None:
        self.holding = holding
        self.table = table
        self._columns = columns
        self.key = key
        """A column that no two records share; empty where nothing vouches for that."""
        self.all_links: Mapping[str, Linked] = {} if links is None else links
        self.dialect = dialect
        self.texts = {} if texts is None else texts
        self.unreadable = {} if unreadable is None else unreadable
        self.untyped = untyped
        self._view = view
        self._filled: dict[tuple[str, tuple[str, ...]], Any] = {}
        self.conditions: dict[bytes, Any] = {}
        """Criteria that were asked of these records before, as expressions."""

    def only(self, fields: Collection[str]) -> "Relation":
        """The same records with no more than these fields, what every figure may need beside them, and the key."""
        wanted = {*fields, self.holding.modified}
        parts = {("column", name): column for name, column in self._columns.items() if name in wanted}
        parts |= {("text", name): text for name, text in self.texts.items() if name in wanted}
        if self.key:
            parts["key", ""] = self.table[self.key]
        table, found = narrowed(self.table, parts, self._view)
        return Relation(
            self.holding, table, {name: one for (part, name), one in found.items() if part == "column"}, key=self.key,
            links=self.all_links, dialect=self.dialect,
            texts={name: one for (part, name), one in found.items() if part == "text"},
            unreadable=self.unreadable, untyped=self.untyped,
        )  # fmt: skip

    @property
    def at_hand(self) -> Collection[str]:
        """The fields that have a column here."""
        return self._columns.keys()

    def kind(self, field: str) -> str:
        """What the values of a field are. Raises UnknowableError where the source does not hold it."""
        if field not in self.holding.kinds:
            raise UnknowableError(f"no column of {self.holding.object} is called {field}")
        return self.holding.kinds[field]

    def raw(self, field: str) -> Any:
        """The column as it is. Raises UnknowableError for a field that has none."""
        self.kind(field)
        if field in self.all_links:
            raise UnknowableError(f"the values of {field} lie in a table of their own")
        return self._columns[field]

    def value(self, field: str) -> Any:
        """The typed column of a field, alike on every engine: times without a zone are UTC."""
        if field in self.untyped:
            raise UnknowableError(self.unreadable[field])
        return self._alike(field)

    def _alike(self, field: str) -> Any:
        column = self.raw(field)
        type_ = column.type()
        if type_.is_uuid():
            return column.cast("string")
        if self.dialect == "sqlite" and (type_.is_timestamp() or type_.is_date()):
            return column.cast("string").cast("timestamp" if type_.is_timestamp() else "date")
        return column.cast("timestamp") if type_.is_timestamp() and type_.timezone else column

    def text(self, field: str) -> Any:
        """A field's values as text. Raises UnknowableError for other values, which engines spell differently."""
        column = self.value(field)
        if not column.type().is_string():
            raise UnknowableError(f"{field} is no text")
        return column

    def told(self, field: str) -> Any:
        """What tells one value from another: a text without the spaces around it, anything else as it is."""
        if field in self.unreadable:
            raise UnknowableError(self.unreadable[field])
        column = self.value(field)
        return self.trimmed(column) if column.type().is_string() else column

    def trimmed(self, text: Any) -> Any:
        """A text without the spaces around it; DuckDB is quicker to see that there are none than to cut them off."""
        return text.re_search(_EDGES).ifelse(text.strip(), text) if self.dialect == "duckdb" else text.strip()

    def lower(self, text: Any) -> Any:
        """A text in small letters, those beyond A to Z as well, which some engines leave as they are."""
        if self.dialect == "sqlite":
            return _small()(text)
        if self.dialect == "pyspark":  # which would make two letters of one, and look at what stands behind another
            return text.translate("İΣ", "iσ").lower()
        text = text.lower()
        return text.translate(_CAPITALS, _CAPITALS.lower()) if self.dialect == "postgres" else text

    def fits(self, text: Any, pattern: str) -> Any:
        """Whether a pattern is found in a text."""
        return text.re_search(put(pattern, self.dialect))

    def replaced(self, text: Any, pattern: str, by: str) -> Any:
        """A text with another for what a pattern finds in it."""
        return text.re_replace(put(pattern, self.dialect), by)

    def present(self, field: str) -> Any:
        """Whether a record has any value there; an empty text is none, nor is what is not a number."""
        self.kind(field)
        if field in self.all_links:
            link = self.all_links[field]
            kept = link.table.filter(link.table[link.record].notnull())
            return self.table[self.key].isin(kept[link.record])
        column = self.texts.get(field, self._columns[field])
        there, type_ = column.notnull(), column.type()
        if type_.is_string():
            return there & said(column, self.dialect)
        if self.dialect == "sqlite":  # whose columns of any type may hold text
            return there & said(column.cast("string"), self.dialect)
        if type_.is_floating():
            return there & ~column.isnan().fill_null(False)
        if type_.is_decimal() and self.dialect == "postgres":
            return there & ~column.cast("float64").isnan().fill_null(False)
        return there

    def filled(self, field: str, blanks: Sequence[str]) -> Any:
        """Whether a record has a value that says something: not one of ``blanks`` (lower case), not a box unticked."""
        asked = field, tuple(blanks)
        if asked not in self._filled:
            self._filled[asked] = self._says(field, blanks)
        return self._filled[asked]

    def _says(self, field: str, blanks: Sequence[str]) -> Any:
        present = self.present(field)
        if field in self.all_links:
            return present
        column = self._alike(field)
        if field in self.texts and blanks and self.dialect == "duckdb":
            present = ~self.texts[field].re_search(_saying_nothing(blanks)).fill_null(True)
        elif field in self.texts and blanks:
            text = bare(self.texts[field], self.dialect).lower()
            present = present & ~text.isin(_spellings(blanks)).fill_null(False)
        if column.type().is_boolean():
            ticked = self._columns[field].fill_null(False)
            return ticked | (present & column.isnull()) if field in self.texts else ticked
        if column.type().is_string() and blanks and self.dialect == "duckdb":
            return ~column.re_search(_saying_nothing(blanks)).fill_null(True)
        if column.type().is_string():
            spellings = _spellings(blanks)
            return (
                present & ~bare(column, self.dialect).lower().isin(spellings).fill_null(False) if spellings else present
            )
        numbers = _numbers(blanks) if column.type().is_numeric() else []
        return present & ~column.isin(numbers).fill_null(False) if numbers else present

    def includes(self, field: str, values: Sequence[str]) -> Any:
        """Whether one of several values is among those a record holds."""
        import ibis

        if field in self.all_links:
            link = self.all_links[field]
            wanted = link.table.filter(link.table[link.value].isin(list(values)) & link.table[link.record].notnull())
            return self.table[self.key].isin(wanted[link.record])
        apart = self.replaced(self.text(field), f"{_SPACE}*{SEPARATOR}{_SPACE}*", SEPARATOR)
        padded = ibis.literal(SEPARATOR) + apart.strip() + SEPARATOR
        found = [padded.contains(f"{SEPARATOR}{value}{SEPARATOR}") for value in values]
        return ibis.or_(*found) if found else ibis.literal(value=False)

    def single(self, field: str, where: Any) -> tuple[Any, Any] | None:
        """The table and the text column in which single values of a field that holds several are counted, for the
        records that satisfy ``where``; None for other fields.
        """
        if field in self.all_links:
            link = self.all_links[field]
            table = link.table
            if where is not None:
                table = table.filter(table[link.record].isin(self.table.filter(where)[self.key]))
            return table, self.trimmed(table[link.value].cast("string"))
        if self.kind(field) != "many":
            return None
        held = self.present(field) if where is None else self.present(field) & where
        table = self.table.filter(held).select(value=self.text(field).split(SEPARATOR).unnest())
        return table, self.trimmed(table["value"])


def _saying_nothing(blanks: Sequence[str]) -> str:
    """The pattern of a text that is blank or one of ``blanks``: a fifth of the time of trimming and comparing."""
    return f"(?i)^{BLANK}*(?:{'|'.join(re.escape(blank) for blank in blanks)})?{BLANK}*$"


@cache
def _small() -> Any:
    """The function for small letters that SQLite is given for want of its own."""
    import ibis

    @ibis.udf.scalar.builtin(name=SMALL)  # type: ignore[untyped-decorator]
    def small(text: str) -> str:  # type: ignore[empty-body]  # carried out by the engine
        ...

    return small


def _spellings(blanks: Sequence[str]) -> list[str]:
    """Blanks as lower case may leave them: some engines know only the case of A to Z."""
    cases = {
        spelling for blank in blanks if not blank.isascii()
        for spelling in (blank.upper(), blank.capitalize(), blank.title())
    }  # fmt: skip
    rest = {"".join(one.lower() if one.isascii() else one for one in spelling) for spelling in cases}
    return sorted({*blanks, *rest})


def _numbers(blanks: Sequence[str]) -> list[Any]:
    found = []
    for blank in blanks:
        try:
            number = Decimal(blank)
        except InvalidOperation:
            continue
        if number.is_finite():
            found.append(int(number) if number == number.to_integral_value() else float(number))
    return sorted(found)
