"""What holds of every verdict, whatever the figures."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.audit.ages import Age
from crmgov.audit.code import CodeUse
from crmgov.audit.facts import FieldFacts
from crmgov.audit.population import Part
from crmgov.audit.settings import Settings
from crmgov.audit.verdicts import decide
from crmgov.model.evidence import Evidence
from crmgov.model.figures import Answer
from crmgov.model.kinds import KINDS

ORDER = ("keep", "hide", "deprecate", "remove")
USERS = tuple(KINDS)
PLACES = ("list views", "program text", "private reports")


def answer(count: int, *, exact: bool = True) -> Answer:
    return Answer(evidence=Evidence(exactness="value" if exact else "estimate", count=count))


@st.composite
def field(draw: st.DrawFn) -> FieldFacts:
    records = draw(st.integers(0, 2000))
    lately = draw(st.integers(0, records))
    filled = draw(st.one_of(st.integers(0, records), st.integers(0, min(records, 30))))
    unknown = Answer(evidence=Evidence(exactness="unmeasured", reason="not counted"))
    dated = draw(st.booleans())
    part = draw(st.integers(0, records))
    return FieldFacts(
        address="Field/Lead.Note", parent="Lead", name="Note",
        body={"type": draw(st.sampled_from(["text", "boolean", "formula"])), "required": draw(st.booleans())},
        records=answer(records), filled=answer(filled),
        recent=answer(draw(st.integers(0, min(lately, filled)))) if dated else unknown,
        recent_records=answer(lately) if dated else unknown, latest=unknown,
        written=draw(st.sampled_from([None, False, True])),
        uses={kind: (f"{kind}/x",) for kind in draw(st.sets(st.sampled_from(USERS)))}, writers=(),
        by_type=(Part("", part, draw(st.integers(0, min(part, filled)))),),
        age=draw(st.sampled_from([None, Age(5), Age(500), Age(5, at_least=True)])),
    )  # fmt: skip


SETTINGS = st.builds(
    Settings, minimum_records=st.integers(1, 1000), young_days=st.integers(0, 200),
    rare_percent=st.floats(1, 50), dead_percent=st.floats(0, 1),
)  # fmt: skip
MISSING = st.lists(st.sampled_from(PLACES), unique=True).map(tuple)


def step(verdict: str) -> int:
    """How near to removal; unknown stays apart, and is never less than it was."""
    return -1 if verdict == "unknown" else ORDER.index(verdict)


@settings(max_examples=300, deadline=None)
@given(field(), MISSING, SETTINGS, st.sampled_from(USERS))
def test_more_uses_never_lead_towards_removal(
    one: FieldFacts, missing: tuple[str, ...], by: Settings, kind: str
) -> None:
    more = one._replace(uses={**one.uses, kind: ("Automation/y",)})
    before, after = decide(one, missing, by).verdict, decide(more, missing, by).verdict
    assert step(after) <= max(step(before), 0)
    named = one._replace(code=CodeUse(("a.cls",), ()))
    assert step(decide(named, missing, by).verdict) <= max(step(before), 0)


@settings(max_examples=300, deadline=None)
@given(field(), MISSING, SETTINGS)
def test_what_was_not_looked_at_stops_at_deprecate(one: FieldFacts, missing: tuple[str, ...], by: Settings) -> None:
    verdict = decide(one, missing, by).verdict
    assert not missing or verdict != "remove"
    assert step(decide(one, (*missing, "more"), by).verdict) <= step(verdict)


@settings(max_examples=300, deadline=None)
@given(field(), SETTINGS)
def test_thresholds_alone_decide(one: FieldFacts, by: Settings) -> None:
    found = decide(one, (), by)
    share = (one.share or 0) * 100
    if one.computed:
        assert found.verdict in ("keep", "unknown")
    elif (one.records.evidence.count or 0) < by.minimum_records or (
        one.age is not None and one.age.young(by.young_days)
    ):
        assert found.verdict == "unknown"
    elif found.verdict == "hide":
        assert share < by.rare_percent
        assert not one.required
    elif found.verdict == "remove":
        assert share < by.dead_percent
        assert not one.wired
    shifted = msgspec.structs.replace(by, minimum_records=10**9)
    assert one.computed or decide(one, (), shifted).verdict == "unknown"


@settings(max_examples=100, deadline=None)
@given(field(), SETTINGS)
def test_an_estimate_decides_nothing(one: FieldFacts, by: Settings) -> None:
    guessed = one._replace(filled=answer(one.filled.evidence.count or 0, exact=False))
    assert one.computed or decide(guessed, (), by).verdict == "unknown"
