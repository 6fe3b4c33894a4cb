"""The rules of the audit, each in a file of its own: what it asks of the records, and what it finds."""

from crmgov.audit.rule import Rule
from crmgov.audit.rules import (
    dangling,
    decayed,
    departed_owners,
    disagreeing,
    endless,
    golden_records,
    idle,
    late_deals,
    off_list,
    old_team,
    orphans,
    retained,
    sources,
    stage_counts,
    stage_fields,
    stage_lost,
    stage_skipped,
    stage_stay,
    unowned,
    unused,
)

RULES: tuple[Rule, ...] = (
    unused,
    off_list,
    stage_fields,
    stage_lost,
    stage_stay,
    stage_skipped,
    stage_counts,
    golden_records,
    unowned,
    departed_owners,
    old_team,
    sources,
    late_deals,
    idle,
    endless,
    retained,
    decayed,
    orphans,
    dangling,
    disagreeing,
)
COVERS: dict[str, tuple[int, ...]] = {code: numbers for rule in RULES for code, numbers in rule.COVERS.items()}
"""By code, the numbers of the governance rules that it keeps with evidence."""
