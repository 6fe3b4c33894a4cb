"""Parents before children when adding, children before parents when removing, and the same plan every time."""

import random

from tests.plan.world import applied, drafted, finished

TREE = {
    "PermissionSet/P": {"fields": {"Lead": {"fields": {"Region": "edit"}}}},
    "Layout/Lead.Main": {"sections": [{"name": "A", "fields": ["Region"]}]},
    "Field/Lead.Region": {"type": "picklist", "picklist": "Regions"},
    "Object/Lead": {"label": "Lead"},
    "Picklist/Regions": {"values": ["EMEA"]},
}


def test_additions_parents_first_removals_children_first() -> None:
    made = [step.native for step in finished(drafted(TREE, {})).core.steps]
    assert made == ["Picklist/Regions", "Object/Lead", "Field/Lead.Region", "Layout/Lead.Main", "PermissionSet/P"]
    gone = [step.native for step in finished(drafted({}, TREE, applied(TREE, TREE))).core.steps]
    assert gone == list(reversed(made))


def test_a_value_leaves_its_picklist_after_what_names_it() -> None:
    was = {
        "Picklist/Regions": {"values": ["EMEA", "APAC"]},
        "RecordType/Lead.Main": {"picklists": {"Region": ["EMEA", "APAC"]}},
    }
    now = {"Picklist/Regions": {"values": ["EMEA"]}, "RecordType/Lead.Main": {"picklists": {"Region": ["EMEA"]}}}
    steps = finished(drafted(now, was, applied(was, was))).core.steps
    assert [step.native for step in steps] == ["RecordType/Lead.Main", "Picklist/Regions"]


def test_the_same_inputs_give_the_same_core() -> None:
    first = finished(drafted(TREE, {}))
    items = list(TREE.items())
    for seed in range(5):
        random.Random(seed).shuffle(items)
        assert finished(drafted(dict(items), {})).plan_digest == first.plan_digest
    assert first.intact()
