"""``validate --fix``: what the fixes of diagnostics do to files."""

import pytest

from crmgov.model.diagnostics import Edit, Fix, Where
from crmgov.schema.validate import problems
from crmgov.write.fixes import apply_fixes, fixed
from crmgov.write.revise import values

FILE = "config/tier.yaml"
TEXT = """\
# the tier
kind: Field
name: Tier__c
object: Lead
lable: Tier   # shown
type: Checkbox
references: Account
values: [{name: A, actve: true}, {name: B}]   # all
native:
  salesforce: {a: 1}
---
kind: Object
name: Lead
fields:
  Region:
    type: Text   # vendor's
    # short
    lenght: 20
"""


def fix(action: str, *route: str, value: object = None, document: int = 0, key: bool = False) -> Fix:
    edit = Edit(Where(FILE, document, route, key), action, value)  # type: ignore[arg-type]
    return Fix("a fix", (edit,), safe=True)


def found(text: str) -> list[Fix]:
    first, second = values(text)
    body = {key: value for key, value in first.items() if key not in ("kind", "name", "object")}
    inner = second["fields"]["Region"]
    told = problems("Field", body, Where(FILE)) + problems("Field", inner, Where(FILE, 1, ("fields", "Region")))
    return [item.fix for item in told if item.fix is not None]


def test_all_fixes_of_a_file_are_applied_and_nothing_else_changes() -> None:
    result = apply_fixes({FILE: TEXT}, found(TEXT))
    expected = (
        TEXT.replace("lable", "label")
        .replace("Checkbox", "boolean")
        .replace("references: Account", "references:\n  - Account")
    )
    expected = expected.replace("actve", "active").replace("type: Text ", "type: text ").replace("lenght", "length")
    assert result == {FILE: expected}
    assert found(expected) == []


def test_applying_again_changes_nothing() -> None:
    once = apply_fixes({FILE: TEXT}, found(TEXT))[FILE]
    assert apply_fixes({FILE: once}, found(once)) == {}


def test_values_are_set_put_in_and_taken_out() -> None:
    fixes = [
        fix("set", "label", value="T: 1"),
        fix("delete", "references"),
        fix("delete", "values", "A"),
        fix("set", "native", "salesforce", "b", value=[1, 2]),
        fix("set", "fields", "Region", "help", value="Where", document=1),
        fix("delete", "native", "salesforce", "a"),
    ]
    text = apply_fixes({FILE: TEXT}, fixes)[FILE]
    first, second = values(text)
    assert first["label"] == "T: 1"
    assert "references" not in first
    assert first["values"] == [{"name": "B"}]
    assert first["native"] == {"salesforce": {"b": [1, 2]}}
    assert second["fields"]["Region"] == {"type": "Text", "lenght": 20, "help": "Where"}
    assert text.count("#") == TEXT.count("#")


def test_a_fix_that_no_longer_fits_is_told_and_the_others_are_applied() -> None:
    fixes = [fix("rename_key", "gone", value="label", key=True), fix("rename_key", "lable", value="label", key=True)]
    result = fixed({FILE: TEXT}, fixes)
    assert result.texts == {FILE: TEXT.replace("lable", "label")}
    assert result.applied == 1
    assert [item.code for item in result.left] == ["WRITE005"]


def test_a_fix_that_would_change_more_than_its_place_is_left() -> None:
    text = "kind: PermissionSet\nname: A\nobjects:\n  A: &r {red: true}\n  B: *r\n"
    result = fixed({FILE: text}, [fix("rename_key", "objects", "A", "red", value="read", key=True)])
    assert result.texts == {}
    assert [item.code for item in result.left] == ["WRITE005"]
    both = [fix("rename_key", "objects", name, "red", value="read", key=True) for name in "AB"]
    assert apply_fixes({FILE: text}, both) == {FILE: text.replace("red", "read")}


def test_two_fixes_of_one_place_do_not_spoil_each_other() -> None:
    result = fixed({FILE: TEXT}, [fix("set", "label", value="a"), fix("set", "label", value="b")])
    assert values(result.texts[FILE])[0]["label"] in ("a", "b")


def test_the_last_entry_of_a_map_leaves_an_empty_one() -> None:
    result = apply_fixes({FILE: TEXT}, [fix("delete", "native", "salesforce")])
    assert values(result[FILE])[0]["native"] == {}


def test_an_element_that_a_collection_lacks_is_put_at_its_end() -> None:
    new = fix("set", "values", "C", value={"name": "C", "active": True})
    once = apply_fixes({FILE: TEXT}, [new])
    assert once == {FILE: TEXT.replace("{name: B}]   # all", "{name: B}, {name: C, active: true}]   # all")}
    again = apply_fixes(once, [fix("set", "values", "C", value={"name": "C", "active": True})])
    assert again == {}
    block = "kind: Layout\nname: L\nobject: Lead\nsections:\n  - name: Main\n    fields:\n      - {name: A}   # first\n"
    row = fix("set", "sections", "Main", "fields", "B", value={"name": "B", "column": 1})
    other = fix("set", "sections", "Main", "fields", "C", value="C")
    assert apply_fixes({FILE: block}, [row, other]) == {FILE: block + "      - {name: B, column: 1}\n      - C\n"}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("fields:\n  Lead:\n    default: edit  # all\n", "fields:\n  Lead:\n    default: edit  # all\n    fields:\n      A: read\n      B: read\n"),
        ("fields: {Lead: {default: edit}}  # all\n", "fields: {Lead: {default: edit, fields: {A: read, B: read}}}  # all\n"),
        ("fields:\n  Deal: {default: read}\n", "fields:\n  Deal: {default: read}\n  Lead:\n    fields:\n      A: read\n      B: read\n"),
    ],
    ids=["block", "flow", "two maps"],
)  # fmt: skip
def test_what_is_put_below_a_map_that_is_missing_brings_it_along(text: str, after: str) -> None:
    head = "kind: PermissionSet\nname: P\n"
    fixes = [fix("put", "fields", "Lead", "fields", name, value="read") for name in "AB"]
    assert values(apply_fixes({FILE: head + text}, fixes)[FILE]) == values(head + after)
    assert apply_fixes(apply_fixes({FILE: head + text}, fixes), fixes) == {}
    assert "# all" in apply_fixes({FILE: head + text}, fixes)[FILE] or "# all" not in text


def test_nothing_is_set_below_what_is_missing_or_no_map() -> None:
    fixes = [fix("set", "label", "inner", value="x"), fix("put", "lable", "inner", value="x")]
    assert [one.code for one in fixed({FILE: TEXT}, fixes).left] == ["WRITE005", "WRITE005"]
