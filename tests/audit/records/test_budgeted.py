"""No more is asked of a source than was allowed, and what was not asked says so."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.audit.records.budgeted import Budgeted
from crmgov.audit.records.files import FileRecords
from crmgov.model.figures import Answers, Asked, Figure
from tests.audit.records.tables import NOW
from tests.running import crmgov

FIELDS = {name: {f"F{number}": "text" for number in range(6)} for name in ("Lead", "Deal", "Case")}
FIGURES = st.builds(
    Figure, metric=st.sampled_from(["filled", "distinct", "longest", "values", "repeated"]),
    field=st.sampled_from(sorted(FIELDS["Lead"])),
)  # fmt: skip


class Counting(FileRecords):
    """Files that count the statements they are asked."""

    spent = 0

    def answer(self, asked: Asked) -> Answers:
        self.spent += sum(cost.statements for cost in self.calls(asked).values())
        return super().answer(asked)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    for name, fields in FIELDS.items():
        rows = [",".join(fields), *(",".join(str(row % (n + 2)) for n in range(6)) for row in range(20))]
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n")
    return folder


@settings(max_examples=30, deadline=None)
@given(
    rounds=st.lists(st.dictionaries(st.sampled_from(sorted(FIELDS)), st.lists(FIGURES, max_size=12)), max_size=3),
    most=st.integers(1, 12),
)
def test_what_is_asked_stays_within_what_is_allowed(
    export: Path, rounds: list[dict[str, list[Figure]]], most: int
) -> None:
    records, free = Counting(export, FIELDS, NOW), FileRecords(export, FIELDS, NOW)
    told: list[str] = []
    budgeted = Budgeted(records, most, told.append)
    try:
        for asked in rounds:
            answers, all_ = budgeted.answer(asked), free.answer(asked)
            for name, figures in asked.items():
                for figure in figures:
                    one = answers[name, figure]
                    unasked = one.evidence.reason.startswith("not asked: what was allowed, ")
                    assert unasked or one == all_[name, figure]
    finally:
        budgeted.close()
        free.close()
    assert records.spent <= most
    assert len(told) == len(rounds)


def test_an_audit_says_first_what_it_will_ask_and_then_what_it_did_not(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    for name in ("Lead", "Deal"):
        lines = "".join(f"  F{number}: {{label: F{number}, type: text}}\n" for number in range(3))
        (tmp_path / "config" / f"{name}.yaml").write_text(
            f"kind: Object\nname: {name}\nlabel: {name}\nfields:\n{lines}"
        )
        rows = ["F0,F1,F2", *(f"{n},," for n in range(300))]
        (tmp_path / "export").mkdir(exist_ok=True)
        (tmp_path / "export" / f"{name}.csv").write_text("\n".join(rows) + "\n")

    def audit(*words: str) -> tuple[str, dict[str, list[tuple[str, str]]]]:
        done = crmgov("audit", "--records", "export", "--format", "json", *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        found: dict[str, list[tuple[str, str]]] = {}
        for one in json.loads(done.stdout)["verdicts"]:
            found.setdefault(one["object"], []).append((one["verdict"], one["reasons"][0]))
        return done.stderr, found

    said, found = audit("--calls", "1")
    assert "1 call of 1 for the next figures; " in said
    assert {verdict for verdict, _ in found["Deal"]} == {"keep", "deprecate"}
    assert set(found["Lead"]) == {("unknown", "not asked: what was allowed, 1 call, is used up")}
    assert audit("--calls", "1000")[1] == audit()[1]
    assert "for the next figures" not in audit()[0]
    assert crmgov("audit", "--records", "export", "--calls", "0", cwd=tmp_path).returncode == 2
