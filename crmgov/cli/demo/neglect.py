"""What years of neglect leave in records, planted on purpose, with the answer key: what an audit must find of each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec


class Neglect(msgspec.Struct, frozen=True):
    """One fault: what happened, the statements that leave its traces, and the findings (code, address) it must give."""

    told: str
    statements: tuple[str, ...]
    finds: tuple[tuple[str, str], ...]


NEGLECTS: tuple[Neglect, ...] = (
    Neglect(
        "Nobody chooses a salutation any more",
        ('UPDATE "Contact" SET "Salutation" = NULL',),
        (("UNUSED002", "Field/Contact.Salutation"),),
    ),
    Neglect(
        "The department is asked for on one form in fifty",
        ('UPDATE "Contact" SET "Department" = NULL WHERE "id" % 50 <> 0',),
        (("UNUSED001", "Field/Contact.Department"),),
    ),
    Neglect(
        "An import wrote a country that is on no list",
        ('UPDATE "Lead" SET "Country" = \'Atlantis\' WHERE "id" % 40 = 0',),
        (("VALUES001", "Field/Lead.Country"),),
    ),
    Neglect(
        "Deals were parked in a stage that was never agreed on",
        ('UPDATE "Opportunity" SET "Stage" = \'Parked\' WHERE "id" % 30 = 0',),
        (("INSTAGE002", "Pipeline/Opportunity.NewBusiness"), ("VALUES001", "Field/Opportunity.Stage")),
    ),
    Neglect(
        "A merge gave deals a contact of some other company",
        ('UPDATE "Opportunity" SET "PrimaryContact" = "id" % 7000 + 1 WHERE "id" % 6 = 0',),
        (("LINKED001", "Field/Opportunity.PrimaryContact"),),
    ),
    Neglect(
        "Accounts were deleted behind the CRM's back, and their deals were left",
        ('UPDATE "Opportunity" SET "Account" = 999999 WHERE "id" % 25 = 3',),
        (("ORPHAN002", "Field/Opportunity.Account"),),
    ),
)


def plant(database: Path) -> list[tuple[str, str]]:
    """Plant every fault in a SQLite environment; gives the answer key: (code, address) of what must be found."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for neglect in NEGLECTS:
            for statement in neglect.statements:
                connection.execute(statement)
        connection.execute("COMMIT")
    return [found for neglect in NEGLECTS for found in neglect.finds]
