"""A field that somebody has to make has what its type needs."""

from collections.abc import Sequence

import pytest

from crmgov.check.run import check
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot


class Ships:
    """A catalogue that has one field, and cannot know about one object."""

    def has(self, kind: str, name: str, parent: str | None = None) -> bool | None:
        return None if parent == "Packaged" else (kind, parent, name) == ("Field", "Lead", "Source")

    def field(self, parent: str, name: str) -> Body | None:
        return None

    def names(self, kind: str, parent: str | None = None) -> Sequence[str]:
        return []


def told(fields: dict[str, Body], *catalogues: Ships, **more: object) -> list[str]:
    bodies = {"Object/Lead": {}, "Object/Packaged": {}, **fields}
    found = check(Snapshot.of("tree", bodies, **more), catalogues)
    return [item.message for item in found if item.code == "FIELD011"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"type": "picklist"}, 'Lead.A is a picklist field without "picklist" or "values"'),
        ({"type": "multipicklist", "values": []}, None),
        ({"type": "lookup"}, 'Lead.A is a lookup field without "references"'),
        ({"type": "formula", "returns": "text"}, 'Lead.A is a formula field without "formula"'),
        ({"type": "rollup"}, 'Lead.A is a rollup field without "rollup"'),
        ({"label": "A"}, "Lead.A has no type, so it cannot be made"),
        ({"type": "picklist", "values": [{"name": "a"}]}, None),
        ({"type": "text"}, None),
    ],
)
def test_what_a_type_needs(body: Body, message: str | None) -> None:
    assert told({"Field/Lead.A": body}) == ([message] if message else [])


def test_fields_that_exist_everywhere_may_be_governed_in_part() -> None:
    bodies: dict[str, Body] = {"Field/Lead.Source": {"type": "picklist"}, "Field/Packaged.X": {"label": "x"}}
    assert told(bodies, Ships()) == []
    assert len(told(bodies)) == 2
    assert told(bodies, origins={"Field/Lead.Source": "standard", "Field/Packaged.X": "packaged"}) == []
