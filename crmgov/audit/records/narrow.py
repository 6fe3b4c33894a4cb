"""A table of only the columns that are asked about: what Ibis does with a table takes the longer the more it has."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from crmgov.model.canonical import decode
from crmgov.model.figures import Figure

View = Callable[[Sequence[str]], str]
"""Gives the name of a table that holds these columns alone, for an engine that would otherwise look at all of them."""
_Name = TypeVar("_Name", bound=Hashable)


def narrowed(table: Any, columns: Mapping[_Name, Any], view: View | None) -> tuple[Any, dict[_Name, Any]]:
    """The table with the columns of its own that these expressions use, and the expressions on it.

    Only what lies in the engine as a table or a view can be narrowed; anything else stays as it is.
    """
    import ibis.expr.operations as ops

    whole = table.op()
    if not isinstance(whole, ops.DatabaseTable):
        return table, dict(columns)
    used = {field.name for one in columns.values() for field in one.op().find(ops.Field) if field.rel is whole}
    kept = {
        name: type_ for name, type_ in whole.schema.items() if name in used or (not used and name == table.columns[0])
    }
    if len(kept) == len(whole.schema):
        return table, dict(columns)
    narrow = whole.copy(schema=kept, **({"name": view(list(kept))} if view is not None else {}))
    return narrow.to_expr(), {name: one.op().replace({whole: narrow}).to_expr() for name, one in columns.items()}


def named(figures: Iterable[Figure]) -> set[str]:
    """The fields, and paths over lookups, that figures speak of."""
    found: set[str] = set()
    for figure in figures:
        found |= {figure.field, figure.by, figure.since, *(field for field, _ in figure.alike)}
        found |= _compared(figure.where)
    return found - {""}


@lru_cache(maxsize=4096)
def _compared(where: bytes) -> frozenset[str]:
    return frozenset(_within(decode(where))) if where else frozenset()


def _within(criteria: Any) -> Iterable[str]:
    if isinstance(criteria, list):
        for one in criteria:
            yield from _within(one)
    elif isinstance(criteria, dict):
        yield from (str(criteria[key]) for key in ("field", "other_field") if criteria.get(key))
        for key in ("all", "any", "not"):
            yield from _within(criteria.get(key))
