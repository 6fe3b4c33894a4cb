"""E-mail addresses and phone numbers in plain text."""

import pytest

from tests.check.governance.case import Case, found

CASES = [
    Case(
        code="MODEL002",
        address="Field/Lead.ContactEmail",
        failing={"Field/Lead.ContactEmail": {"type": "text", "label": "Contact e-mail"}},
        passing={"Field/Lead.ContactEmail": {"type": "email", "label": "Contact e-mail"}},
    ),
    Case(
        code="MODEL002",
        address="Field/Job__c.RecruitmentPhone__c",
        failing={"Field/Job__c.RecruitmentPhone__c": {"type": "text", "label": "Recruitment Phone"}},
        passing={
            "Field/Job__c.RecruitmentPhone__c": {"type": "text", "label": "Recruitment Phone"},
            "Validation/Job__c.Phone": {"formula": 'NOT(REGEX(recruitmentphone__c, "[0-9]+"))', "message": "No number"},
        },
    ),
]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("InvalidEmail__c", "Invalid email"),
        ("EmailTemplate", "E-mail template"),
        ("PhoneExt", "Phone extension"),
        ("Preferred_Phone__c", "Preferred Phone"),
        ("WebFormEmail", "Web form e-mail"),
        ("Email2Line", "Greeting"),
    ],
)
def test_other_texts_are_left_alone(name: str, label: str) -> None:
    tree = {f"Field/Lead.{name}": {"type": "text", "label": label}}
    assert [one for one in found(tree) if one.code == "MODEL002"] == []
