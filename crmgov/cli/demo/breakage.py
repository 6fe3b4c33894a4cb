"""What somebody does to production by hand, behind crmgov's back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec


class Damage(msgspec.Struct, frozen=True):
    """One change made by hand: who says they made it, and the statement they ran."""

    told: str
    statement: str


DAMAGES: tuple[Damage, ...] = (
    Damage(
        "Somebody tidies up and drops a column that is only deprecated",
        'ALTER TABLE "Account" DROP COLUMN "SegmentCode"',
    ),
    Damage(
        "Somebody switches the reminder about quiet deals off",
        "UPDATE crmgov_resources SET body = json_set(body, '$.active', json('false'))"
        " WHERE address = 'Automation/Opportunity.InactiveDealReminder'",
    ),
    Damage(
        "Somebody adds a lead source without telling anyone",
        "INSERT INTO \"crmgov_picklist_LeadSource\" (name) VALUES ('Podcast')",
    ),
)


def break_by_hand(database: Path) -> list[str]:
    """Do all the damage to a SQLite environment; what was done, in words."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for damage in DAMAGES:
            connection.execute(damage.statement)
    return [damage.told for damage in DAMAGES]
