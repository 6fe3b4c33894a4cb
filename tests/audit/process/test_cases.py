"""Each rule of the process has records that it finds fault with, and records that it does not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crmgov.audit.process import codes
from crmgov.model.diagnostics import CATALOGUE, Diagnostic
from tests.audit.process.case import Case, Rows, Tree, ago, in_database, in_files, of_code
from tests.audit.process.trees import CONTRACTS, DEALS, LEADS, PROFILES, SETS

PEOPLE = [{"Id": 1, "IsActive": "true"}, {"Id": 2, "IsActive": "false"}]


def deal(**more: Any) -> dict[str, Any]:
    held = {"Id": 1, "Stage": "New", "Owner": 1, "Amount": 10, "CloseDate": ago(-30), "LastActivityDate": ago(2),
            "OfferedOn": "", "Account": 1, "Contact": 1}  # fmt: skip
    return {**held, **more}


def deals(*rows: dict[str, Any]) -> Rows:
    return {"Deal": [{**deal(), **row, "Id": number} for number, row in enumerate(rows, 1)]}


def leads(*rows: dict[str, Any]) -> Rows:
    whole = {"Status": "Converted", "LeadSource": "Web", "Email": "a@x.example", "Deal": 1}
    return {"Lead": [{"Id": number, **whole, **row} for number, row in enumerate(rows, 1)]}


def contacts(*rows: dict[str, Any]) -> Rows:
    whole = {"Account": 1, "Email": "a@x.example", "LastVerified": ago(30)}
    return {"Contact": [{"Id": number, **whole, **row} for number, row in enumerate(rows, 1)]}


def users(*logins: str) -> Rows:
    return {"User": [{"Id": n, "IsActive": "true", "LastLoginDate": day} for n, day in enumerate(logins, 1)]}


def user(login: str, made: int) -> dict[str, Any]:
    return {"Id": made, "IsActive": "true", "LastLoginDate": login, "CreatedDate": ago(made)}


def held(*names: str) -> Rows:
    rows = [{"Id": n, "AssigneeId": 1, "PermissionSet.Name": name} for n, name in enumerate(names, 1)]
    return {"PermissionSetAssignment": rows, "User": PEOPLE}


def profiled(profile: str, name: str) -> Rows:
    """One person with a profile and a set, another with the set alone, and a third who has left with both."""
    people = [{"Id": 1, "IsActive": "true", "Profile.Name": profile},
              {"Id": 2, "IsActive": "true", "Profile.Name": "Standard"},
              {"Id": 3, "IsActive": "false", "Profile.Name": profile}]  # fmt: skip
    rows = [{"Id": n, "AssigneeId": n, "PermissionSet.Name": name} for n in (1, 2, 3)]
    return {"PermissionSetAssignment": rows, "User": people}


def changed(by: int) -> Rows:
    rows = [{**deal(), "LastModifiedById": who, "LastModifiedDate": ago(3)} for who in (1, by)]
    return {"Deal": rows, **users(ago(1), ago(2))}


TEAM = [
    {"Id": 1, "IsActive": "true", "UserRole.Name": "Seller"},
    {"Id": 2, "IsActive": "true", "UserRole.Name": "Closer"},
]
CASES = (
    Case(code="GOLDEN001", address="Object/Deal", says="1 of 2 Deal records (50%) have all must-haves", tree=DEALS,
         failing=deals({"Amount": ""}, {}), passing=deals({"Contact": ""}, {})),
    Case(code="INSTAGE001", address="Pipeline/Deal.Selling", says='(50%) in "Offer" of Selling lack what it asks for: Amount 1',
         tree=DEALS, failing=deals({"Stage": "Offer", "Amount": ""}, {"Stage": "Offer"}),
         passing=deals({"Stage": "Offer"}, {"Stage": "New", "Amount": ""})),
    Case(code="INSTAGE001", address="Pipeline/Deal.Selling", says='in "Terms" of Selling lack what it asks for: Contact 1',
         tree=DEALS, failing=deals({"Stage": "Terms", "Contact": ""}), passing=deals({"Stage": "Terms"})),
    Case(code="INSTAGE001", address="Pipeline/Lead.Qualifying", says='in "Converted" of Qualifying lack what it asks for: Email 1',
         tree=LEADS, failing=leads({"Email": ""}), passing=leads({}, {"Email": "", "Status": "Open"})),
    Case(code="INSTAGE002", address="Pipeline/Deal.Selling", says='"Parked" 1, 1 that no stage set lists 2', tree=DEALS,
         failing=deals({"Stage": "Parked"}, {"Stage": "Zzz"}, {"Stage": "Zzz"}), passing=deals({"Stage": "Won"})),
    Case(code="INSTAGE003", address="Pipeline/Deal.Selling", says='in "Offer" of Selling for more than 21 days, by OfferedOn',
         tree=DEALS, failing=deals({"Stage": "Offer", "OfferedOn": ago(22)}),
         passing=deals({"Stage": "Offer", "OfferedOn": ago(21)}, {"Stage": "Lost", "OfferedOn": ago(99)})),
    Case(code="INSTAGE003", address="Pipeline/Deal.Selling", says='"Terms" of Selling for more than 10 days, by LastModifiedDate',
         tree=DEALS, failing=deals({"Stage": "Terms", "LastModifiedDate": ago(12)}),
         passing=deals({"Stage": "Terms", "LastModifiedDate": ago(3)})),
    Case(code="INSTAGE003", address="Pipeline/Deal.Selling", says='"Terms" of Selling for more than 10 days, by StageEnteredOn',
         tree={**DEALS, "Field/Deal.StageEnteredOn": {"type": "date"}, "Field/Deal.StageOfferEntered": {"type": "date"}},
         failing=deals({"Stage": "Terms", "StageOfferEntered": ago(1), "StageEnteredOn": ago(12)}),
         passing=deals({"Stage": "Terms", "StageOfferEntered": ago(99), "StageEnteredOn": ago(3)})),
    Case(code="INSTAGE004", address="Pipeline/Deal.Selling", says='1 of 2 Deal records (50%) beyond "Offer" of Selling',
         tree=DEALS, failing=deals({"Stage": "Won"}, {"Stage": "Terms", "OfferedOn": ago(3)}),
         passing=deals({"Stage": "Won", "OfferedOn": ago(3)}, {"Stage": "Lost"})),
    Case(code="INSTAGE005", address="Pipeline/Deal.Selling", says="1 of 3 are open (33%), 1 of 2 ended as won (50%)", tree=DEALS,
         failing=deals({"Stage": "Won"}, {"Stage": "Lost"}, {}), passing={"Account": [{"Id": 1}]}),
    Case(code="INSTAGE006", address="Pipeline/Deal.Selling", says='no field says since when records have been in "Terms"',
         tree=DEALS, failing=deals({}), passing=deals({"LastModifiedDate": ago(1)})),
    Case(code="INSTAGE007", address="Pipeline/Deal.Selling", says='1 of 2 Deal records (50%) in "Offer" of Selling have no',
         tree=DEALS, failing=deals({"Stage": "Offer"}, {"Stage": "Offer", "OfferedOn": ago(1)}),
         passing=deals({"Stage": "New"}, {"Stage": "Offer", "OfferedOn": ago(1)})),
    Case(code="DEALS004", address="Pipeline/Deal.Selling", says="1 of 2 won Deal records (50%) have no Contract",
         tree={**DEALS, **CONTRACTS, "Field/Contract.Deal": {"type": "lookup", "references": ["Deal"]}},
         failing={**deals({"Stage": "Won"}, {"Stage": "Won"}, {}), "Contract": [{"Id": 1, "Deal": 1}, {"Id": 2, "Deal": 1},
                                                                               {"Id": 3, "Deal": 3}]},
         passing={**deals({"Stage": "Won"}, {}), "Contract": [{"Id": 1, "Deal": 1}]}),
    Case(code="DEALS005", address="Pipeline/Deal.Selling", says="1 of 2 proposed Deal records (50%) have no Task",
         tree=DEALS, failing={**deals({"Stage": "Offer"}, {"Stage": "Offer"}), "Task": [{"Id": 1, "WhatId": 2}]},
         passing={**deals({"Stage": "Offer"}, {}), "Task": [{"Id": 1, "WhatId": 1}, {"Id": 2, "WhatId": "x"}]}),
    Case(code="OWNED001", address="Pipeline/Deal.Selling", says='1 of 2 open Deal records (50%) have no Owner', tree=DEALS,
         failing=deals({"Owner": ""}, {}, {"Stage": "Won"}), passing=deals({"Stage": "Won", "Owner": ""}, {})),
    Case(code="OWNED002", address="Object/Deal", says="1 of 2 open Deal records (50%) belong to a person who is no longer",
         tree=DEALS, failing={**deals({"Owner": 2}, {}), "User": PEOPLE},
         passing={**deals({"Owner": 2, "Stage": "Won"}, {"Owner": 3}, {}), "User": PEOPLE}),
    Case(code="OWNED003", address="Lifecycle/Way", says='To closing: 1 of 2 Deal records (50%) in "Terms" of Selling still',
         tree=DEALS, failing={**deals({"Stage": "Terms"}, {"Stage": "Terms", "Owner": 2}), "User": TEAM},
         passing={**deals({"Stage": "Terms", "Owner": 2}, {"Stage": "Offer"}), "User": TEAM}),
    Case(code="GOLDEN001", address="Object/Deal", says="1 of 2 Deal records (50%) have all must-haves", tree=DEALS,
         failing=deals({"Account": " n/A"}, {}), passing=deals({"Contact": "-"}, {})),
    Case(code="INSTAGE001", address="Pipeline/Deal.Selling", says='in "Terms" of Selling lack what it asks for: Contact 1',
         tree=DEALS, failing=deals({"Stage": "Terms", "Contact": "TBD"}, {"Stage": "Terms"}),
         passing=deals({"Contact": "TBD"}, {"Stage": "Terms"})),
    Case(code="SOURCE001", address="Field/Lead.LeadSource", says="1 of 2 Lead records (50%) have no LeadSource", tree=LEADS,
         failing=leads({"LeadSource": "unknown"}, {}), passing=leads({}, {})),
    Case(code="SOURCE002", address="Field/Lead.LeadSource", says="1 of 2 converted Lead records with LeadSource (50%)",
         tree=LEADS, failing={**leads({}, {"Deal": 2}), **deals({"LeadSource": "-"}, {"LeadSource": "Web"})},
         passing={**leads({"LeadSource": "N/A"}, {"Deal": 9}), **deals({"LeadSource": ""})}),
    Case(code="SOURCE001", address="Field/Lead.LeadSource", says="1 of 2 Lead records (50%) have no LeadSource", tree=LEADS,
         failing=leads({"LeadSource": ""}, {}), passing=leads({}, {})),
    Case(code="SOURCE002", address="Field/Lead.LeadSource", says="1 of 2 converted Lead records with LeadSource (50%)",
         tree=LEADS, failing={**leads({}, {"Deal": 2}), **deals({"LeadSource": ""}, {"LeadSource": "Web"})},
         passing={**leads({"LeadSource": ""}, {"Deal": 9}), **deals({"LeadSource": ""})}),
    Case(code="DEALS001", address="Field/Deal.CloseDate", says="1 of 2 open Deal records (50%) have a CloseDate in the past",
         tree=DEALS, failing=deals({"CloseDate": ago(1)}, {}),
         passing=deals({"CloseDate": ago(0)}, {"CloseDate": ago(9), "Stage": "Won"})),
    Case(code="DEALS002", address="Pipeline/Deal.Selling", says="without activity for more than 14 days, by LastActivityDate",
         tree=DEALS, failing=deals({"LastActivityDate": ago(15)}, {}),
         passing=deals({"LastActivityDate": ago(14)}, {"Stage": "Lost", "LastActivityDate": ago(99)})),
    Case(code="DEALS003", address="Field/Contract.EndDate", says="1 of 2 Contract records that are Active (50%)",
         tree=CONTRACTS,
         failing={"Contract": [{"Id": 1, "Status": "Active", "EndDate": ""},
                               {"Id": 2, "Status": "Active", "EndDate": ago(-9)}]},
         passing={"Contract": [{"Id": 1, "Status": "Draft", "EndDate": ""},
                               {"Id": 2, "Status": "Active", "EndDate": ago(-9)}],
                  "Subscription": [{"Id": 1, "Contract": 1, "EndDate": ""}]}),
    Case(code="RETAIN001", address="Object/Contact", says="beyond 12 months after LastVerified, and delete is due", tree=DEALS,
         failing=contacts({"LastVerified": "2025-06-14"}, {}), passing=contacts({"LastVerified": "2025-06-15"}, {})),
    Case(code="RETAIN002", address="Object/Contact", says="have no LastVerified, so the 12 months", tree=DEALS,
         failing=contacts({"LastVerified": ""}, {}), passing=contacts({}, {})),
    Case(code="RETURNS001", address="Field/Deal.CancelledOn", says="10 Deal records have a CancelledOn in the last 30 days; in",
         tree={**DEALS, "Field/Deal.CancelledOn": {"type": "date"}},
         failing=deals(*[{"CancelledOn": ago(n)} for n in range(10)], *[{"CancelledOn": ago(60)}] * 15, {"CancelledOn": ago(-9)}),
         passing=deals(*[{"CancelledOn": ago(n)} for n in range(10)], *[{"CancelledOn": ago(60)}] * 16)),
    Case(code="RETURNS001", address="Field/Deal.ReturnDate", says="in the 90 days before there were 1, or 0.3 in 30",
         tree={**DEALS, "Field/Deal.ReturnDate": {"type": "date"}, "Field/Deal.ReturnCallOn": {"type": "date"}},
         failing=deals(*[{"ReturnDate": ago(n), "ReturnCallOn": ago(n)} for n in range(10)], {"ReturnDate": ago(60)}),
         passing=deals(*[{"ReturnDate": ago(n)} for n in range(10)])),
    Case(code="DECAY001", address="Field/Contact.LastVerified", says="2 of 4 Contact records (50%) were not verified",
         tree=DEALS, failing=contacts({"LastVerified": ago(366)}, {"LastVerified": ""}, {}, {}),
         passing=contacts({"LastVerified": ago(365)}, {"LastVerified": ""}, {}, {})),
    Case(code="ORPHAN001", address="Field/Contact.Account", says="1 of 2 Contact records (50%) belong to nobody", tree=DEALS,
         failing=contacts({"Account": ""}, {}), passing=contacts({}, {})),
    Case(code="ORPHAN001", address="Field/Deal.Account", says="no Account and no Contact", tree=DEALS,
         failing=deals({"Account": "", "Contact": ""}, {}), passing=deals({"Account": ""}, {"Contact": ""})),
    Case(code="ORPHAN002", address="Field/Deal.Contact", says="1 of 2 Deal records with a Contact (50%) point at no Contact",
         tree=DEALS, failing={**deals({"Contact": 7}, {}, {"Contact": ""}), **contacts({})},
         passing={**deals({"Contact": ""}, {}), **contacts({})}),
    Case(code="LINKED001", address="Field/Deal.Contact", says="1 of 2 Deal records (50%) have another Account",
         tree=DEALS, failing={**deals({"Account": 2}, {}), **contacts({})},
         passing={**deals({}, {"Account": "", "Contact": 1}, {"Account": 5, "Contact": ""}), **contacts({})}),
    Case(code="TRUST001", address="External/Cockpit", says="Cockpit rests on fields that are 75% filled, Deal.Amount only 50%",
         tree={**DEALS, "External/Cockpit": {"type": "dashboard", "reads": ["Deal.Amount", "Deal.Stage"]}},
         failing=deals({"Stage": "Offer"}, {"Stage": "Offer", "Amount": ""}, {}, {}),
         passing=deals({"Stage": "Offer"}, {"Amount": ""}, {"Amount": ""})),
    Case(code="USERS001", address="", says="2 of 3 active users (67%) have not logged in for 90 days, 1 of them never",
         tree=DEALS, failing=users(ago(91), "", ago(1)), passing=users(ago(90))),
    Case(code="USERS001", address="", says="1 of 2 active users (50%) have not logged in for 90 days, 1 of them never",
         tree=DEALS, failing={"User": [user("", 91), user(ago(1), 91)]}, passing={"User": [user("", 89), user(ago(1), 91)]}),
    Case(code="USERS002", address="", says="1 of 2 people who logged in within 90 days (50%)", tree=DEALS,
         failing=changed(by=1), passing=changed(by=2)),
    Case(code="USERS003", address="PermissionSet/Everything", says="No active user holds", tree=SETS,
         failing=held("Sales"), passing=held("Sales", "Everything")),
    Case(code="USERS004", address="PermissionSet/Sales", says="1 user can export", tree=SETS,
         failing=held("Sales"), passing=held("Readers")),
    Case(code="USERS004", address="PermissionSet/Sales", says="2 users can export records of some object, by Sales, Admin",
         tree=PROFILES, failing=profiled("System Administrator", "Sales"), passing=profiled("Standard", "Readers")),
    Case(code="USERS004", address="PermissionSet/Sales", says="1 user can export records of some object, by Sales, Admin",
         tree=PROFILES, failing=profiled("Admin", "Readers"), passing=profiled("", "Readers")),
    Case(code="USERS004", address="PermissionSet/Sales", says="at least 1 user can export records of some object, by Sales, Ad",
         tree=PROFILES, failing=held("Sales"), passing=held("Readers")),
)  # fmt: skip
Found = Callable[[Tree, Rows, Path], list[Diagnostic]]


@pytest.mark.parametrize("found", [in_files, in_database], ids=["files", "database"])
@pytest.mark.parametrize("case", CASES, ids=[f"{one.code}-{number}" for number, one in enumerate(CASES)])
def test_each_case(case: Case, found: Found, tmp_path: Path) -> None:
    told = of_code(found(case.tree, case.failing, tmp_path / "failing"), case.code)
    assert [one.address for one in told if case.says in one.message] == [case.address], [one.message for one in told]
    passing = of_code(found(case.tree, case.passing, tmp_path / "passing"), case.code)
    assert [one.message for one in passing if one.address == case.address] == []


def test_a_date_of_something_else_is_no_return(tmp_path: Path) -> None:
    tree = {**DEALS, "Field/Deal.ReturnCallOn": {"type": "date"}}
    rows = deals(*[{"ReturnCallOn": ago(n)} for n in range(20)], {"ReturnCallOn": ago(60)})
    assert of_code(in_files(tree, rows, tmp_path / "export"), "RETURNS001") == []


def test_every_code_has_a_case() -> None:
    declared = {code for code in CATALOGUE if f'code="{code}"' in Path(codes.__file__).read_text()}
    assert declared == {case.code for case in CASES}
