"""Attributes of wrong types, told elsewhere, never stop the rules of shared data and rhythm."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.governance import integration, rhythm
from crmgov.check.governance.scene import Scene
from crmgov.model.snapshot import Snapshot
from tests.check.governance.integration.trees import FIELDS, system

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
)
JUNK = st.recursive(
    LEAVES
    | st.sampled_from(["Account.Size", "Account.", ".x", "in", "both", "system", "crm", "2026-02-30", "WebSync"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
MAPPING = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("name", "ours", "theirs", "direction", "truth", "on_conflict", "values"), JUNK)
)
INTEGRATION = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("system", "mode", "runs_as", "cadence", "max_lag_hours", "on_error", "active", "owner"), JUNK),
        "mappings": JUNK | st.lists(MAPPING, max_size=3),
        "lifecycle": JUNK,
    },
)
CADENCE = st.fixed_dictionaries({}, optional=dict.fromkeys(("every_days", "last", "owner"), JUNK))
GOVERNANCE = st.fixed_dictionaries(
    {},
    optional={
        "crm_owner": JUNK,
        "areas": JUNK | st.dictionaries(st.text(max_size=4), JUNK, max_size=2),
        "budgets": JUNK,
        "cadences": JUNK | st.dictionaries(st.sampled_from(["a", "report_review"]), CADENCE, max_size=2),
    },
)
EXTERNAL = st.fixed_dictionaries({}, optional=dict.fromkeys(("type", "label", "reviewed", "owner", "lifecycle"), JUNK))


@given(INTEGRATION, GOVERNANCE, EXTERNAL)
def test_nothing_stops_the_rules(one: dict[str, object], two: dict[str, object], three: dict[str, object]) -> None:
    tree = {
        **FIELDS,
        **system("Web", {"ours": "Account.Size", "theirs": "x", "direction": "in"}),
        "Integration/Junk": one,
        "Governance/Junk": two,
        "External/Junk": {"type": "report", **three},
    }
    scene = Scene(Snapshot.of("junk", tree), today=date(2026, 6, 15))
    for area in (integration, rhythm):
        for rule in area.RULES:
            for finding in rule(scene):
                assert finding.message
