"""One object's records with what the records say that they point at: columns such as ``Contact.Account``."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from crmgov.audit.records.relation import Relation, UnknowableError
from crmgov.audit.records.statements import Via


def joined(whole: Relation, via: Via, relations: Mapping[str, Relation], fields: Collection[str]) -> Relation:
    """The records, once each, with these of their fields and of what these lookups point at (``Contact.Account``);
    blank where they point at nothing held.

    Raises UnknowableError where an object or a lookup is not held, or its records cannot be told apart.
    """
    for lookup, _ in via:
        whole.raw(lookup)
    relation = whole.only({*fields, *(lookup for lookup, _ in via)})
    names = [name for name in relation.at_hand if name not in relation.all_links]
    aliases = {name: f"c{number}" for number, name in enumerate(names)}
    plain = {alias: relation.raw(name) for name, alias in aliases.items()}
    texts = {name: f"t{number}" for number, name in enumerate(relation.texts)}
    plain |= {alias: relation.texts[name] for name, alias in texts.items()}
    unreadable, untyped = dict(relation.unreadable), set(relation.untyped)
    table = relation.table.select(**plain, **({"record": relation.table[relation.key]} if relation.key else {}))
    kinds = dict(relation.holding.kinds)
    for number, (lookup, other) in enumerate(via):
        target = relations.get(other)
        if target is None or not target.holding.key:
            raise UnknowableError(f"no records of {other} that {lookup} points at")
        there, found, read = _aside(target, lookup, f"j{number}_", fields)
        one, two = _alike(table[aliases[lookup]], there[f"j{number}_key"])
        table = table.left_join(there, one == two)
        aliases |= found
        texts |= read
        unreadable |= {f"{lookup}.{name}": reason for name, reason in target.unreadable.items()}
        untyped |= {f"{lookup}.{name}" for name in target.untyped}
        kinds |= {f"{lookup}.{name}": target.holding.kinds[name] for name in target.holding.kinds}
    return Relation(
        msgspec.structs.replace(relation.holding, kinds=kinds),
        table,
        {name: table[alias] for name, alias in aliases.items()},
        key="record" if relation.key else "",
        links=relation.all_links,
        dialect=relation.dialect,
        texts={name: table[alias] for name, alias in texts.items()},
        unreadable=unreadable,
        untyped=untyped,
    )


def _aside(
    whole: Relation, lookup: str, mark: str, fields: Collection[str]
) -> tuple[Any, dict[str, str], dict[str, str]]:
    """What is pointed at, each record once, and the columns by path, with those of texts that are read as a type."""
    paths = {name for name in fields if name.startswith(f"{lookup}.")}
    target = whole.only({whole.holding.key, *(path.removeprefix(f"{lookup}.") for path in paths)})
    names = [name for name in target.at_hand if name not in target.all_links]
    aliases = {name: f"{mark}{number}" for number, name in enumerate(names)}
    texts = {name: f"{mark}t{number}" for number, name in enumerate(target.texts)}
    table = target.table.select(
        **{alias: target.raw(name) for name, alias in aliases.items()},
        **{alias: target.texts[name] for name, alias in texts.items()},
        **{f"{mark}key": target.raw(target.holding.key)},
    )
    if not target.key:
        table = _once(table, f"{mark}key", target.dialect)
    found = {f"{lookup}.{name}": alias for name, alias in aliases.items()}
    return table, found, {f"{lookup}.{name}": alias for name, alias in texts.items()}


def _once(table: Any, key: str, dialect: str) -> Any:
    """Each record once: a file may hold one twice, and what points at it still points at one record."""
    import ibis

    if dialect == "postgres":  # which knows no aggregate of any value
        numbered = table.mutate(nth=ibis.row_number().over(group_by=key))
        return numbered.filter(numbered["nth"] == 0).drop("nth")
    others = {column: table[column].arbitrary() for column in table.columns if column != key}
    return table.group_by(key).aggregate(**others)


def _alike(one: Any, two: Any) -> tuple[Any, Any]:
    """Two columns so that equal keys are equal."""
    if one.type().is_numeric() and two.type().is_numeric():
        return one, two
    first, second = (column if column.type().is_string() else column.cast("string") for column in (one, two))
    return first, second
