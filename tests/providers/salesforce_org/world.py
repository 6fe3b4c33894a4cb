"""The org most tests ask: small enough to count by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from . import Field, Org, User

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
LEAD_FIELDS = [
    Field("FirstName", "string", length=40),
    Field("LastName", "string", length=80),
    Field("Email", "email"),
    Field("Company", "string"),
    Field("Description", "textarea", length=32_000),
    Field("Note__c", "textarea"),
    Field("Region__c", "picklist", values=("South", "North", "East"), restricted=True),
    Field("Topics__c", "multipicklist", values=("Price", "Support", "Trial")),
    Field("Converted__c", "boolean"),
    Field("Score__c", "double", precision=5, scale=1),
    Field("Employees", "int"),
    Field("Budget__c", "currency", precision=12, scale=2),
    Field("Due__c", "date"),
    Field("Seen__c", "datetime"),
    Field("At__c", "time"),
    Field("Secret__c", "string"),
    Field("Hidden__c", "encryptedstring"),
    Field("Photo__c", "base64"),
    Field("Number__c", "string", auto_number=True),
    Field("Shown__c", "string", calculated=True, formula="FirstName"),
    Field("Address", "address"),
    Field("Place__c", "location"),
    Field("Account", "reference", to="Account"),
]


def acme() -> tuple[Org, User]:
    """Two accounts, five leads of which one is deleted, and an administrator."""
    org = Org(sandbox=True)
    org.now = lambda: NOW
    user = org.user()
    org.object(
        "Account",
        [Field("Industry", "picklist", values=("Banking", "Media")), Field("Parent", "reference", to="Account")],
        [{"Name": "Acme", "Industry": "Media"}, {"Name": "Beta", "ParentId": "001000000000001"}],
        sharing="Private",
    )
    first, second = (str(record["Id"]) for record in org.objects["account"].records)
    org.object(
        "Lead",
        LEAD_FIELDS,
        [
            {"FirstName": "Ada", "LastName": "Ash", "Email": "ada@one.example", "Region__c": "North", "Score__c": 7.5, "Employees": 10,
             "Topics__c": "Price;Trial", "Due__c": date(2026, 6, 15), "Seen__c": datetime(2026, 6, 14, 23, 59, tzinfo=UTC),
             "Converted__c": True, "At__c": time(9, 30), "Hidden__c": "4711", "Photo__c": "cGhvdG8=", "AccountId": first, "City": "Oslo"},
            {"FirstName": "Bob", "LastName": "Birch", "Email": "BOB@one.example", "Region__c": "South", "Score__c": -1, "Employees": 20,
             "Topics__c": "Support", "Due__c": date(2026, 5, 1), "AccountId": second, "Budget__c": 100.5},
            {"LastName": "Cedar", "Email": "   ", "Region__c": "North", "Company": "Cedar & Sons", "Note__c": "50% off_now",
             "Seen__c": datetime(2026, 1, 1, tzinfo=UTC)},
            {"LastName": "Dogwood", "Company": "O'Neill"},
            {"LastName": "Elm", "Email": "elm@one.example", "IsDeleted": True},
        ],
        sharing="Private",
    )  # fmt: skip
    return org, user
