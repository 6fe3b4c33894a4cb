"""The rules of the audit, each in a file of its own: what it asks of the records, and what it finds."""

from crmgov.audit.rule import Rule
from crmgov.audit.rules import (
    country_texts,
    duplicates,
    emails,
    keys,
    links,
    off_list,
    outcomes,
    phones,
    picklist_like,
    postal_codes,
    retired_values,
    shared_addresses,
    spellings,
    text_dates,
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
    emails,
    phones,
    country_texts,
    postal_codes,
    links,
    text_dates,
    duplicates,
    shared_addresses,
    keys,
)
COVERS: dict[str, tuple[int, ...]] = {code: numbers for rule in RULES for code, numbers in rule.COVERS.items()}
"""By code, the numbers of the governance rules that it keeps with evidence."""
