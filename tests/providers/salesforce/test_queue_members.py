"""Members of queues: every sort, in the form the vendor describes and with the name in the outer element."""

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.providers.salesforce.mapping import TYPES, Context
from crmgov.providers.salesforce.natives import native_names
from crmgov.providers.salesforce.splice import render
from crmgov.providers.salesforce.writing.merge import Merge, plain
from crmgov.providers.salesforce.xmltree import parse

QUEUE = TYPES["Queue"]
HEAD = "<Queue>\n    <name>Deals</name>\n    <queueMembers>\n"
TAIL = "    </queueMembers>\n</Queue>\n"
OUTER = HEAD + "        <publicGroups>Ops</publicGroups>\n        <roles>Seller</roles>\n" + TAIL


def decoded(text: str) -> tuple[Body, list[str]]:
    left: list[str] = []
    return QUEUE.decode(plain(parse(text.encode()).root), left, Context(None, "Deals")), left


def written(text: str, change: Body) -> str:
    """The file after a change of its body's top attributes."""
    before, _ = decoded(text)
    document, context = parse(text.encode()), Context(None, "Deals")
    Merge(QUEUE.keys).into(document.root, QUEUE.encode(before, context), QUEUE.encode({**before, **change}, context))
    return render(document).decode()


def test_names_in_the_outer_element_are_members() -> None:
    body, left = decoded(OUTER)
    assert body["members"] == {"roles": ["Seller"], "teams": ["Ops"]}
    assert left == []
    twice, left = decoded(OUTER.replace("<roles>", "<roles>Buyer</roles>\n        <roles>"))
    assert twice["members"]["roles"] == ["Buyer", "Seller"]
    assert left == []


def test_every_sort_of_member_is_read_in_both_forms() -> None:
    sorts = {
        "publicGroups": ("publicGroup", "teams"),
        "roleAndSubordinates": ("roleAndSubordinate", "roles_and_below"),
        "roles": ("role", "roles"),
        "users": ("user", "users"),
    }
    for outer, (inner, ours) in sorts.items():
        for held in ("A", f"<{inner}>A</{inner}>"):
            assert decoded(f"{HEAD}<{outer}>{held}</{outer}>{TAIL}")[0]["members"] == {ours: ["A"]}


def test_a_change_elsewhere_leaves_the_members_as_they_stand() -> None:
    assert written(OUTER, {}) == OUTER
    assert written(OUTER, {"label": "Big deals"}) == OUTER.replace(">Deals<", ">Big deals<")


def test_changed_members_are_written_in_the_form_the_vendor_describes() -> None:
    two = OUTER.replace("<roles>", "<roles>Buyer</roles>\n        <roles>")
    for text in (OUTER, two):
        changed = written(text, {"members": {"roles": ["Helper", "Seller"], "teams": ["Ops"]}})
        assert decoded(changed)[0]["members"] == {"roles": ["Helper", "Seller"], "teams": ["Ops"]}
        assert changed.count("<role>") == 2
        assert "<publicGroups>Ops</publicGroups>" in changed
    gone = written(two, {"members": {"teams": ["Ops"]}})
    assert gone == OUTER.replace("        <roles>Seller</roles>\n", "")


def test_roles_without_customers_are_kept_and_make_a_queue_staffed() -> None:
    where: Route = ("native", "salesforce", "roleAndSubordinatesInternal")
    one = "<roleAndSubordinatesInternal><roleAndSubordinateInternal>A</roleAndSubordinateInternal>"
    body, left = decoded(f"{HEAD}{one}</roleAndSubordinatesInternal>{TAIL}")
    assert body["members"] == {}
    assert body[where[0]][where[1]][where[2]] == ["A"]
    assert left == []
    assert where[2] in native_names("Team")


def test_members_of_a_sort_that_is_not_known_are_told_and_make_a_queue_staffed() -> None:
    body, left = decoded(f"{HEAD}<portals>A</portals>{TAIL}")
    assert left == ["queueMembers.portals"]
    assert body["members"] == {}
    assert "members" not in decoded("<Queue><name>Deals</name></Queue>")[0]


def test_text_where_elements_belong_is_told() -> None:
    left: list[str] = []
    QUEUE.decode([("queueMembers", "Seller")], left, Context(None, "Deals"))
    assert left == ["queueMembers"]
