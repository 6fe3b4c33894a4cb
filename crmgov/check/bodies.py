"""Parts of bodies that may be of any form: what is not of the one that is looked for counts as empty."""

from typing import Any

from crmgov.model.canonical import Body


def rows(value: Any) -> list[Body]:
    """The elements of a named collection; empty for anything else."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """A map; empty for anything else."""
    return value if isinstance(value, dict) else {}


def matching_rules(body: Body) -> list[Body]:
    """The rules of an Object that find records made twice, without those that are switched off."""
    return [rule for rule in mapping(body.get("matching")).values() if _is_on(rule)]


def _is_on(rule: Any) -> bool:
    return isinstance(rule, dict) and rule.get("active") is not False
