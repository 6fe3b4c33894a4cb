"""Small trees to try rules about automations on."""

from crmgov.model.canonical import Body

STATUS: Body = {"type": "picklist", "values": [{"name": "New"}, {"name": "Open"}, {"name": "Done"}]}
FIELDS: dict[str, Body] = {
    "Object/Lead": {},
    "Field/Lead.Status": STATUS,
    "Field/Lead.Rating": {"type": "text", "length": 20},
    "Field/Lead.Score": {"type": "integer"},
}


def automation(on: object, *actions: Body, **more: object) -> Body:
    """An automation on leads; ``on`` is an event, or the fields whose change starts it."""
    trigger = {"on": on} if isinstance(on, str) else {"on": "field_changed", "fields": on}
    named = [{"name": f"Step {at}", **action} for at, action in enumerate(actions, 1)]
    return {"active": True, "trigger": trigger, "actions": named, **more}


def put(field: str, value: object) -> Body:
    """The action that writes a fixed value."""
    return {"type": "set_field", "field": field, "value": value}


def tree(**automations: Body) -> dict[str, Body]:
    """A tree of leads with these automations."""
    return {**FIELDS, **{f"Automation/Lead.{name}": body for name, body in automations.items()}}


def when(field: str, op: str, value: object = None) -> Body:
    """A comparison."""
    return {"field": field, "op": op} if value is None else {"field": field, "op": op, "value": value}
