"""What an organisation counts, and what is counted in a copy of its records, is what plain Python says it is."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.figures import Figure, scope
from tests.audit.records import oracle
from tests.audit.records.tables import FIELDS, OBJECT, Row
from tests.audit.records.test_figures import ASKED, ROWS
from tests.providers.salesforce_live.leads import counted, live, many, organisation, rows_of

SOME = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _same(found: object, rows: list[Row], figure: Figure) -> None:
    told = (found.evidence.count, found.counts, found.text)  # type: ignore[attr-defined]
    assert told == oracle.answer(rows, figure), (figure, figure.criteria)


def _seen(value: object) -> object:
    """A text without the signs that nobody sees: no query can say that a text has no others."""
    return "".join(char for char in value if char.isprintable()) if isinstance(value, str) else value


@SOME
@given(rows=ROWS, asked=ASKED)
def test_counts_of_the_organisations_own(rows: list[Row], asked: list[Figure]) -> None:
    org = organisation([{name: _seen(value) for name, value in row.items()} for row in rows])
    kept = rows_of(org)
    with counted(org) as records:
        answers = records.answer({OBJECT: asked})
        for figure in asked:
            found = answers[OBJECT, figure]
            assert found.known or found.evidence.reason
            assert "refused" not in found.evidence.reason, (figure, figure.criteria, found.evidence.reason)
            if found.evidence.exactness == "value":
                _same(found, kept, figure)


@SOME
@given(rows=ROWS, asked=ASKED, job=st.booleans())
def test_a_copy_answers_everything(rows: list[Row], asked: list[Figure], job: bool) -> None:
    org = many(organisation(rows)) if job else organisation(rows)
    kept = rows_of(org)
    with live(org) as records:
        answers = records.answer({OBJECT: asked})
        for figure in asked:
            found = answers[OBJECT, figure]
            assert found.evidence.exactness == "value", (figure, found.evidence.reason)
            _same(found, kept, figure)


NEEDED = [
    Figure(metric="records"),
    Figure(metric="filled", field="Name", blanks=("n/a", "-")),
    Figure(metric="filled", field="Amount", blanks=("0",)),
    Figure(metric="filled", field="Ünï"),
    Figure(metric="filled", field="Tags"),
    Figure(metric="filled", field="Name", where=scope({"field": "CreatedDate", "op": "greater_or_equal", "value": "$today-90"})),
    Figure(metric="records", where=scope({"any": [{"field": "Name", "op": "blank"}, {"field": "Day", "op": "less", "value": "$today"}]})),
    Figure(metric="latest", field="Name"),
    Figure(metric="least", field="Day"),
    Figure(metric="distinct", field="order by"),
]  # fmt: skip


def test_what_a_verdict_rests_on_is_counted_without_a_copy() -> None:
    rows = [{**dict.fromkeys(FIELDS), "Name": name, "Amount": amount, "Ünï": bool(amount), "Tags": "a;b", "order by": 1}
            for name, amount in (("n/a", 0.0), ("Ann", 1.5), (None, None), ("ANN", 2.0))]  # fmt: skip
    org = organisation(rows)
    kept = rows_of(org)
    with counted(org) as records:
        answers = records.answer({OBJECT: NEEDED})
        for figure in NEEDED:
            assert answers[OBJECT, figure].evidence.exactness == "value", figure
            _same(answers[OBJECT, figure], kept, figure)


def test_values_of_free_text_are_an_estimate() -> None:
    org = organisation([{**dict.fromkeys(FIELDS), "Name": name} for name in ("Ann", "Bob", "Bob")])
    figure = Figure(metric="values", field="Name")
    with counted(org) as records:
        found = records.answer({OBJECT: [figure]})[OBJECT, figure]
    assert found.evidence.exactness == "estimate"
    assert "without case" in found.evidence.method
    assert found.evidence.count == 3
