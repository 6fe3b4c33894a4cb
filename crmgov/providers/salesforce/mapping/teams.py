"""Roles, queues and groups."""

from collections.abc import Iterator
from typing import NamedTuple

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.items import BOOL, NATIVE, Leaf, Part, Path, Special, Texts, child, get, native
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


class _Members(NamedTuple):
    """Members of one sort: ``<roles><role>NAME</role></roles>``, also where the name stands in the outer element.

    Written is the first form, which the Metadata API describes; a file keeps the other until these members change.
    """

    element: str
    texts: Texts

    def decode(self, value: str | Tree, out: Body, left: _Left) -> None:
        """See Item."""
        if not isinstance(value, str):
            Part(self.element, (self.texts,)).decode(value, out, left)
        elif value.strip():
            self.texts.decode(value, out, left)

    def encode(self, body: Body) -> Tree:
        """See Item."""
        return Part(self.element, (self.texts,)).encode(body)

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        return Part(self.element, (self.texts,)).keys()


_MEMBERS: tuple[tuple[str, str, Route], ...] = (
    ("publicGroups", "publicGroup", ("members", "teams")),
    ("roleAndSubordinates", "roleAndSubordinate", ("members", "roles_and_below")),
    ("roles", "role", ("members", "roles")),
    ("users", "user", ("members", "users")),
)
_INTERNAL = Part(
    "roleAndSubordinatesInternal",
    (Texts("roleAndSubordinateInternal", (*NATIVE, "roleAndSubordinatesInternal")),),
)
"""Roles and those below, without the roles of customers and partners: a difference that only the vendor makes."""


def _finish(body: Body, left: _Left, context: Context) -> None:  # noqa: ARG001 - the signature of ``finish``
    """A queue whose members the model cannot name has members all the same."""
    if get(body, (*NATIVE, "roleAndSubordinatesInternal")) or any(path.startswith("queueMembers") for path in left):
        body.setdefault("members", {})


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
            (*(_Members(outer, Texts(inner, route)) for outer, inner, route in _MEMBERS), _INTERNAL),
        ),
        native("queueRoutingConfig"),
        Special("queueSobject", _read_object, _write_objects, key="sobjectType"),
    ),
    constant={"type": "queue"},
    finish=_finish,
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
