"""The rules of the audit, each in a file of its own: what it asks of the records, and what it finds."""

from crmgov.audit.rule import Rule
from crmgov.audit.rules import off_list, unused

RULES: tuple[Rule, ...] = (unused, off_list)
