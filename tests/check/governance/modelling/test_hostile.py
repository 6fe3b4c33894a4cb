"""Whatever stands in the configuration, the rules on modelling end, and tell of it or not."""

from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance.modelling import COVERS, RULES
from crmgov.check.governance.scene import Scene
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot
from tests.check.governance.case import TODAY, found

_SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=8)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "field", "fields", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
_KEYS = {
    "Field/Lead.Country": ["type", "label", "description", "values", "picklist", "length", "lifecycle", "native",
                           "personal_data", "sensitivity", "references", "track_history", "required"],
    "Object/Lead": ["retention", "external_sharing", "matching", "native", "track_history", "label"],
    "Layout/Lead.Main": ["sections"],
    "Pipeline/Lead.Main": ["stages", "active"],
    "Picklist/Country": ["values", "label", "restricted", "description"],
    "StageSet/Lead": ["field", "stages"],
    "Integration/Mail": ["mappings", "system", "active"],
    "Lifecycle/Way": ["handoffs", "lifecycle"],
    "Governance/Ours": ["naming", "budgets", "crm_owner"],
    "Validation/Lead.V": ["reject_when", "formula", "active"],
}  # fmt: skip


@st.composite
def _trees(draw: st.DrawFn) -> dict[str, Body]:
    chosen = draw(st.lists(st.sampled_from(sorted(_KEYS)), unique=True, min_size=1, max_size=4))
    return {one: draw(st.dictionaries(st.sampled_from(_KEYS[one]), _ANYTHING, max_size=4)) for one in chosen}


@given(_trees(), st.booleans())
def test_bodies_of_any_form(tree: dict[str, Body], files: bool) -> None:
    scene = Scene(Snapshot.of("tree", tree), today=TODAY, files=files)
    for rule in RULES:
        for finding in rule(scene):
            assert finding.message


def test_a_huge_picklist_and_a_huge_object() -> None:
    tree: dict[str, Body] = {
        "Picklist/Many": {"values": [f"Value {n}" for n in range(20_000)]},
        **{f"Field/Lead.F{n}": {"type": "text", "label": f"Field {n} {'x' * 500}"} for n in range(2_000)},
    }
    assert {one.code for one in found(tree) if one.code in COVERS} == {"MODEL004", "BUDGET001"}
