"""Whatever stands in a tree, however wrong, the rules of this folder come to an end and say what they can."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.check.governance.lifecycle import RULES
from crmgov.check.governance.scene import Scene
from crmgov.model.snapshot import Snapshot
from tests.check.governance.case import TODAY
from tests.check.governance.lifecycle.sales import sales

ENDS = {"from": {"object": "Deal", "pipeline": "Sales", "stage": "Offer"}, "to": {"object": "Deal", "stage": "Won"}}
WHOLE: dict[str, Any] = {
    **sales({"Won": {"entry": {"required": ["Amount"], "enter_when": {"all": [{"field": "Reason", "op": "present"}]}}}}),
    "Lifecycle/Customer": {
        "phases": [{"name": "One", "object": "Deal", "pipeline": "Sales"}, {"name": "Two", "object": "Deal"}],
        "handoffs": [
            {"name": "Over", **ENDS, "role": "Success", "required": ["Deal.Amount"], "conversion": True,
             "carry": {"Deal.Reason": {"to": "Deal.Reason"}}},
        ],
    },
    "Layout/Deal.Deal": {"sections": [{"name": "Main", "fields": [{"name": "Amount", "behavior": "readonly"}]}]},
    "Integration/ERP": {"mappings": [{"name": "In", "ours": "Deal.Reason", "direction": "in"}]},
    "Validation/Deal.Guard": {
        "reject_when": {"all": [{"field": "Stage", "op": "equals", "value": "Won"}, {"field": "Amount", "op": "blank"}]},
        "formula": 'ISPICKVAL(Stage, "Won") && Amount < 1',
    },
}  # fmt: skip
GONE = "(gone)"
"""Stands for taking a key or an entry away."""


def _routes(value: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [route] if route else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return found + [one for key, held in inner for one in _routes(held, (*route, key))]


def _changed(value: Any, route: tuple[Any, ...], change: Any) -> Any:
    """A value with what stands at a route taken away, emptied, or (a text) replaced; a route that is gone is left."""
    if not route:
        return change if isinstance(value, str) or change is None else type(value)()
    if isinstance(value, list):
        kept = [_changed(held, route[1:], change) if at == route[0] else held for at, held in enumerate(value)]
        gone = change == GONE and len(route) == 1
        return [held for at, held in enumerate(kept) if not (gone and at == route[0]) and held is not None]
    if not isinstance(value, dict) or route[0] not in value:
        return value
    if change == GONE and len(route) == 1:
        return {key: held for key, held in value.items() if key != route[0]}
    return {key: _changed(held, route[1:], change) if key == route[0] else held for key, held in value.items()}


ROUTES = [route for route in _routes(WHOLE) if len(route) > 1]
CHANGES = st.sampled_from(
    [GONE, None, "", ".", "Deal.", ".Amount", "Deal", "Won", "Reason", "Deal.Deal.Reason", '"', "("]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ROUTES), CHANGES), min_size=1, max_size=4))
def test_nothing_that_lacks_or_is_misnamed_breaks_a_rule(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    tree: Any = WHOLE
    for route, change in changes:
        tree = _changed(tree, route, change)
    for files in (True, False):
        scene = Scene(Snapshot.of("tree", tree), today=TODAY, files=files)
        for rule in RULES:
            for one in rule(scene):
                assert one.message
                assert one.address in tree
