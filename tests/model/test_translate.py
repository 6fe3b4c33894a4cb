"""References follow what they name when it is renamed."""

from crmgov.model.snapshot import Snapshot
from crmgov.model.translate import Renames

TREE = Snapshot.of(
    "tree",
    {
        "Object/Lead": {"label": "Lead"},
        "Field/Lead.Region": {"type": "text"},
        "Field/Lead.Account": {"type": "lookup", "references": ["Lead"]},
        "Validation/Lead.Filled": {"reject_when": {"any": [{"field": "Region", "op": "blank"}]}},
        "PermissionSet/Sales": {
            "fields": {"Lead": {"fields": {"Region": "edit"}}},
            "objects": {"Lead": {"read": True}},
        },
    },
)


def test_a_renamed_field_is_renamed_wherever_it_is_used() -> None:
    after = Renames({"Field/Lead.Region": "Field/Lead.Territory"}).snapshot(TREE)
    assert set(after) == (set(TREE) - {"Field/Lead.Region"}) | {"Field/Lead.Territory"}
    assert after.body("Validation/Lead.Filled") == {"reject_when": {"any": [{"field": "Territory", "op": "blank"}]}}
    assert after.body("PermissionSet/Sales")["fields"] == {"Lead": {"fields": {"Territory": "edit"}}}
    assert after.digests["Object/Lead"] == TREE.digests["Object/Lead"]


def test_a_renamed_object_takes_its_children_along() -> None:
    after = Renames({"Object/Lead": "Object/Prospect"}).snapshot(TREE)
    assert "Field/Prospect.Region" in after
    assert after.body("Field/Prospect.Account")["references"] == ["Prospect"]
    assert after.body("PermissionSet/Sales")["objects"] == {"Prospect": {"read": True}}
