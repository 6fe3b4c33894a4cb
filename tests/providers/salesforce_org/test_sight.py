"""What a user sees, and what setup says of it."""

from __future__ import annotations

import pytest

from . import Field, Org, User, serving
from .conversation import Caller
from .errors import NotKnown, Refused
from .rendering import rows
from .soql.answer import ask
from .world import acme


def guest(org: Org, **more: object) -> User:
    """Somebody who sees leads of the north, and no secrets."""
    return org.user(
        "gus@acme.example",
        view_all_data=False,
        sees=lambda name, record: name != "Lead" or record["Region__c"] == "North",
        profile="Guest",
        **more,  # type: ignore[arg-type]
    )


def test_records_that_are_not_shared_are_not_there() -> None:
    org, _ = acme()
    assert ask(org, guest(org), "SELECT COUNT() FROM Lead").counted == 2
    assert ask(org, guest(org, view_all=("lead",)), "SELECT COUNT() FROM Lead").counted == 4


def test_a_hidden_field_is_not_there_even_for_who_sees_all_data() -> None:
    org, _ = acme()
    user = org.user("hal@acme.example", view_all_data=True, hidden_fields=("Lead.Secret__c", "Lead.AccountId"))
    with serving(org) as url:
        caller = Caller(url, org.token(user))
        assert caller.query("SELECT Secret__c FROM Lead").code == "INVALID_FIELD"
        assert caller.query("SELECT COUNT() FROM Lead WHERE Secret__c != null").code == "INVALID_FIELD"
        assert caller.query("SELECT Account.Name FROM Lead").code == "INVALID_FIELD"
        names = {field["name"] for field in caller.get("sobjects/Lead/describe").json["fields"]}
    assert "Email" in names
    assert not names & {"Secret__c", "AccountId"}


def test_an_object_that_is_hidden_is_not_there() -> None:
    org, _ = acme()
    user = org.user("ida@acme.example", hidden_objects=("Account",))
    with serving(org) as url:
        caller = Caller(url, org.token(user))
        assert caller.query("SELECT COUNT() FROM Account").code == "INVALID_TYPE"
        assert caller.get("sobjects/Account/describe").status == 404
        assert "Account" not in {one["name"] for one in caller.get("sobjects").json["sobjects"]}
        assert caller.query("SELECT COUNT() FROM Lead WHERE Account.Name != null").status == 501
        assert caller.query("SELECT COUNT() FROM Lead WHERE AccountId != null").json["totalSize"] == 2


def test_one_record_by_its_id() -> None:
    org, user = acme()
    with serving(org) as url:
        caller = Caller(url, org.token(user))
        heard = caller.get(f"sobjects/User/{user.id}").json
        assert (heard["attributes"]["type"], heard["Username"]) == ("User", user.username)
        assert caller.get("sobjects/User/005000000000009").code == "NOT_FOUND"


def test_who_the_org_is() -> None:
    org, user = acme()
    (record,) = ask(
        org, user, "SELECT Id, Name, IsSandbox, OrganizationType, TrialExpirationDate FROM Organization"
    ).records
    assert (record["Id"], record["IsSandbox"], record["TrialExpirationDate"]) == (org.id, True, None)


def grants(org: Org, user: User, where: str) -> int:
    """How many of a user's permission sets meet a condition."""
    found = ask(
        org, user, f"SELECT COUNT() FROM PermissionSetAssignment WHERE AssigneeId = '{user.id}' AND {where}"
    ).counted
    assert found is not None
    return found


def test_what_a_user_may_see_is_found_through_its_sets() -> None:
    org, admin = acme()
    user = guest(org, view_all=("Account",))
    sets = "SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = "
    for who, leads, accounts in ((admin, 1, 1), (user, 0, 1)):
        for name, seen in (("Lead", leads), ("Account", accounts)):
            where = f"SobjectType = '{name}' AND PermissionsViewAllRecords = true AND ParentId IN ({sets}'{who.id}')"
            assert ask(org, user, f"SELECT COUNT() FROM ObjectPermissions WHERE {where}").counted == seen
    assert grants(org, admin, "PermissionSet.PermissionsViewAllData = true") == 1
    assert grants(org, user, "PermissionSet.PermissionsViewAllData = true") == 0
    assert (
        ask(
            org, user, f"SELECT COUNT() FROM User WHERE Id = '{admin.id}' AND Profile.PermissionsViewAllData = true"
        ).counted
        == 1
    )


def test_a_right_may_come_from_a_set_and_not_from_the_profile() -> None:
    org, _ = acme()
    user = org.user("sue@acme.example", profile="Integration", by_set=True)
    assert ask(org, user, "SELECT COUNT() FROM Lead").counted == 4
    assert (
        ask(
            org, user, f"SELECT COUNT() FROM User WHERE Id = '{user.id}' AND Profile.PermissionsViewAllData = true"
        ).counted
        == 0
    )
    assert (
        grants(org, user, "PermissionSet.PermissionsViewAllData = true AND PermissionSet.IsOwnedByProfile = false") == 1
    )
    assert grants(org, user, "PermissionSet.IsOwnedByProfile = true") == 1


def test_users_of_one_profile_share_its_set() -> None:
    org, admin = acme()
    other = org.user("tom@acme.example", view_all_data=False, view_all=("Lead",))
    (one,) = ask(
        org, admin, "SELECT Id, PermissionsViewAllData FROM PermissionSet WHERE IsOwnedByProfile = true"
    ).records
    assert one["PermissionsViewAllData"] is False
    for who in (admin, other):
        assert grants(org, who, f"PermissionSetId = '{one['Id']}'") == 1
    assert grants(org, admin, "PermissionSet.PermissionsViewAllData = true") == 1
    assert grants(org, other, "PermissionSet.PermissionsViewAllData = true") == 0


def test_how_objects_are_shared() -> None:
    org, user = acme()
    text = "SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ('Lead', 'Account') LIMIT 1"
    assert {
        str(record["QualifiedApiName"]): record["InternalSharingModel"] for record in ask(org, user, text).records
    } == {"Lead": "Private", "Account": "Private"}


def test_an_owner_who_left() -> None:
    org, user = acme()
    gone = org.user("zoe@acme.example", active=False)
    org.put("Lead", {"LastName": "Fir", "OwnerId": gone.id})
    assert ask(org, user, "SELECT COUNT() FROM Lead WHERE Owner.IsActive = false").counted == 1
    with serving(org) as url:
        assert Caller(url, org.token(gone)).query("SELECT COUNT() FROM Lead").status == 401


def test_an_owner_that_may_be_a_queue_shows_what_users_and_queues_share() -> None:
    org, user = acme()
    org.object("Group", [Field("Type", "picklist", values=("Queue",))], [{"Name": "North", "Type": "Queue"}])
    org.put("Lead", {"LastName": "Gum", "OwnerId": str(org.objects["group"].records[0]["Id"])})

    def found(where: str) -> int | None:
        return ask(org, user, f"SELECT COUNT() FROM Lead WHERE {where}").counted

    assert (found("Owner.Type = 'Queue'"), found("Owner.Type = 'User'")) == (1, 4)
    assert found("Owner.Name = 'north'") == 1
    # A queue is no active user, and no box counts as an empty one.
    assert found("Owner.IsActive = false") == 1
    assert found("Owner.IsActive = false AND Owner.Type = 'User'") == 0
    assert found("OwnerId IN (SELECT Id FROM User WHERE IsActive = true)") == 4
    assert found("Owner.Profile.Name = 'System Administrator'") == 4
    (row,) = rows(ask(org, user, "SELECT Owner.Name FROM Lead WHERE LastName = 'Gum'"), "66.0")
    assert row["Owner"] == {
        "attributes": {"type": "Name", "url": "/services/data/v66.0/sobjects/Group/00G000000000001EAA"},
        "Name": "North",
    }
    with pytest.raises(Refused, match=r"No such column 'UserType' on entity 'Name'"):
        found("Owner.UserType = 'Standard'")
    for text in ("SELECT COUNT(Id) FROM Lead GROUP BY Owner.IsActive", "SELECT COUNT(Owner.Name) FROM Lead"):
        with pytest.raises(NotKnown):
            ask(org, user, text)
