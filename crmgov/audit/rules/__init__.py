"""The rules of the audit, each in a file of its own: what it asks of the records, and what it finds."""

from crmgov.audit.rule import Rule
from crmgov.audit.rules import (
    off_list,
    outcomes,
    picklist_like,
    retired_values,
    spellings,
    twins,
    unused,
    unused_values,
)

RULES: tuple[Rule, ...] = (
    unused,
    off_list,
    spellings,
    retired_values,
    unused_values,
    picklist_like,
    outcomes,
    twins,
)
COVERS: dict[str, tuple[int, ...]] = {code: numbers for rule in RULES for code, numbers in rule.COVERS.items()}
"""By code, the numbers of the governance rules that it keeps with evidence."""
