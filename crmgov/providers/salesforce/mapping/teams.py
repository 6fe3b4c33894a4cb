"""Roles, queues and groups."""

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Form, MetadataType
from crmgov.providers.salesforce.mapping.items import BOOL, Leaf, Part, Special, Texts, child, native
from crmgov.providers.salesforce.mapping.items import Left as _Left
from crmgov.providers.salesforce.xml import Tree

ROLE = MetadataType(
    name="Role",
    kind="Role",
    form=Form("roles", "role"),
    items=(
        native("caseAccessLevel"),
        native("contactAccessLevel"),
        Leaf("description", ("description",)),
        native("mayForecastManagerShare", BOOL),
        Leaf("name", ("label",)),
        native("opportunityAccessLevel"),
        Leaf("parentRole", ("parent",)),
    ),
)


def _read_object(value: Tree | str, out: Body, left: _Left) -> None:
    name = child(value, "sobjectType")
    if not name or len(value) != 1:
        left.append("queueSobject")
        return
    names = out.setdefault("objects", [])
    if name not in names:
        names.append(name)
        names.sort()


def _write_objects(body: Body) -> Tree:
    return [("queueSobject", [("sobjectType", name)]) for name in body.get("objects") or ()]


_MEMBERS = (
    ("publicGroups", "publicGroup", "teams"),
    ("roleAndSubordinates", "roleAndSubordinate", "roles_and_below"),
    ("roles", "role", "roles"),
    ("users", "user", "users"),
)

QUEUE = MetadataType(
    name="Queue",
    kind="Team",
    form=Form("queues", "queue"),
    items=(
        Leaf("description", ("description",)),
        native("doesSendEmailToMembers", BOOL),
        Leaf("email", ("email",)),
        Leaf("name", ("label",)),
        Part(
            "queueMembers",
            tuple(Part(outer, (Texts(inner, ("members", ours)),)) for outer, inner, ours in _MEMBERS),
        ),
        native("queueRoutingConfig"),
        Special("queueSobject", _read_object, _write_objects, key="sobjectType"),
    ),
    constant={"type": "queue"},
)
GROUP = MetadataType(
    name="Group",
    kind="Team",
    form=Form("groups", "group"),
    items=(
        Leaf("description", ("description",)),
        native("doesIncludeBosses", BOOL),
        Leaf("name", ("label",)),
    ),
    constant={"type": "group"},
)

TYPES = (ROLE, QUEUE, GROUP)
