"""Known findings stay known while lines and numbers move; what is new, or worse than known, is told."""

import string

from hypothesis import given
from hypothesis import strategies as st

from crmgov.check.judgement.known import identity, noted, told_apart
from crmgov.load.known import known_bytes
from crmgov.model.diagnostics import Diagnostic, Place, Severity
from crmgov.model.known import KnownFinding, KnownFindings


def one(
    message: str = "no owner", address: str = "Field/Lead.Region", line: int = 1, code: str = "OWN001",
    severity: Severity = "warning", *, file: str = "config/a.yaml",
) -> Diagnostic:  # fmt: skip
    return Diagnostic(code=code, message=message, severity=severity, address=address, at=Place(file, line))


def test_lines_numbers_and_files_in_a_message_do_not_make_a_finding_another() -> None:
    told = (
        "12 fields, at most 8 (config/objects/Lead.yaml:4:1)", "13 fields, at most 9 (config/x/y/Lead.yaml:77)",
    )  # fmt: skip
    assert len({identity(one(text, line=number)) for number, text in enumerate(told)}) == 1
    assert identity(one("1 day left")) == identity(one("2 days left"))
    assert identity(one(told[0])) == ("OWN001", "Field/Lead.Region", "# field, at most # (file)")


def test_names_with_digits_are_names() -> None:
    assert identity(one('no value "Q1"')) != identity(one('no value "Q2"'))
    assert identity(one("Budget2__c")) != identity(one("Budget3__c"))


def test_without_an_address_a_finding_is_known_by_its_file() -> None:
    assert identity(one(address="")) != identity(one(address="", file="config/b.yaml"))


def test_what_is_found_again_is_known_and_what_is_gone_leaves_the_list() -> None:
    known = noted([one("a"), one("b"), one("c")], "config")
    told = told_apart([one("b", line=9), one("d")], known)
    assert [item.message for item in told.known] == ["b"]
    assert [item.message for item in told.new] == ["d"]
    assert told.left == noted([one("b")], "config")


def test_more_of_the_same_is_worse_and_fewer_are_fewer() -> None:
    known = noted([one(line=1), one(line=2)], "config")
    told = told_apart([one(line=line) for line in (1, 2, 3)], known)
    assert (len(told.known), told.new) == (2, [])
    assert [(item.at.line, item.evidence) for item in told.worse] == [(3, ("2 known here, 3 now",))]  # type: ignore[union-attr]
    assert told.left == known
    assert told_apart([one(line=5)], known).left.findings[0].count == 1  # type: ignore[union-attr]


def test_a_warning_that_became_an_error_is_worse_and_an_error_that_became_a_warning_may_not_come_back() -> None:
    told = told_apart([one(severity="error")], noted([one()], "config"))
    assert [item.evidence for item in told.worse] == [("known as a warning, an error now",)]
    eased = told_apart([one()], noted([one(severity="error")], "config"))
    assert (len(eased.known), eased.worse) == (1, [])
    assert [item.severity for item in told_apart([one(severity="error")], eased.left).worse] == ["error"]


def over(amount: int) -> Diagnostic:
    return Diagnostic(
        code="BUDGET001", message=f"Lead has {amount} fields; the budget is 400", severity="warning",
        address="Object/Lead", amount=amount,
    )  # fmt: skip


def test_what_is_over_budget_may_shrink_but_not_grow() -> None:
    known = noted([over(420)], "config")
    assert (len(told_apart([over(420)], known).known), told_apart([over(420)], known).left) == (1, known)
    grown = told_apart([over(421)], known)
    assert (grown.known, [item.evidence for item in grown.worse]) == ([], [("420 known, 421 now",)])
    assert grown.left == known
    shrunk = told_apart([over(410)], known)
    assert (len(shrunk.known), shrunk.worse) == (1, [])
    assert [item.evidence for item in told_apart([over(411)], shrunk.left).worse] == [("410 known, 411 now",)]


def test_a_file_without_amounts_takes_them_from_today() -> None:
    row = noted([Diagnostic(code="BUDGET001", message="Lead has 420 fields; the budget is 400", severity="warning",
                            address="Object/Lead")], "config")  # fmt: skip
    told = told_apart([over(430)], row)
    assert (len(told.known), told.worse) == (1, [])
    assert told.left == noted([over(430)], "config")


def test_an_expired_waiver_is_never_known() -> None:
    expired = one(code="WAIVER001", severity="error")
    assert noted([expired], "config").findings == (None,)
    assert told_apart([expired], noted([expired], "config")).new == [expired]


def test_what_somebody_wrote_into_the_file_gives_no_more_room_than_it_says() -> None:
    row = KnownFinding(code="OWN001", address="Field/Lead.Region", message="no owner", severity="warning", count=-5)
    assert len(told_apart([one()], KnownFindings(source="config", findings=(row,))).new) == 1


FINDINGS = st.lists(
    st.builds(
        one, st.sampled_from(["a", "b 1", "b 2"]), st.sampled_from(["Object/A", "Object/B"]), st.integers(1, 3),
        st.sampled_from(["OWN001", "OWN002"]), st.sampled_from(["error", "warning", "note"]),
    ),
    max_size=12,
)  # fmt: skip


@given(FINDINGS, FINDINGS)
def test_each_finding_is_told_once_and_the_list_never_grows(before: list[Diagnostic], now: list[Diagnostic]) -> None:
    known = noted(before, "config")
    told = told_apart(now, known)
    assert len(told.known) + len(told.new) + len(told.worse) == len(now)
    counts = {(row.code, row.address, row.message): row.count for row in known.findings if row}
    for row in told.left.findings:
        assert row is None or 0 < row.count <= counts[row.code, row.address, row.message]
    again = told_apart(now, told.left)
    assert again.left == told.left
    assert (again.new, again.known) == (told.new, told.known)


@given(FINDINGS)
def test_what_was_noted_is_known_entirely(found: list[Diagnostic]) -> None:
    told = told_apart(found, noted(found, "config"))
    assert told.new == []
    assert [item.severity for item in told.worse] == []
    assert told.left == noted(found, "config")


def test_a_line_comes_or_goes_without_touching_another() -> None:
    all_three = known_bytes(noted([one(letter) for letter in "abc"], "config")).splitlines()
    without = known_bytes(noted([one(letter) for letter in "ab"], "config")).splitlines()
    assert [line for line in all_three if b'"message":"c"' not in line] == without


@given(st.text(alphabet=string.printable, max_size=400))
def test_any_message_has_one_identity_of_a_bounded_length(text: str) -> None:
    assert len(identity(one(text))[2]) <= 340
    assert identity(one(text)) == identity(one(text))
