"""Values built from YAML: equal to what was meant, and never an exception whatever the bytes."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from crmgov.load.events import MOST_PROBLEMS, parse
from crmgov.load.positions import Positions
from crmgov.model.diagnostics import Place, Where

TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_characters="\x7f", exclude_categories=["Cc", "Cf"])
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)
YAML_TEXT = st.text(st.sampled_from("ab:-{}[]&*!|>'\"%@#,? \n\t012.~<\u00a0\u201c\u2028\ufeff"), max_size=60)


@given(VALUES)
def test_json_is_read_as_json(value: object) -> None:
    parsed = parse("a.yaml", json.dumps({"v": value}, ensure_ascii=False).encode())
    assert [problem.code for problem in parsed.problems if problem.code != "YAML004"] == []
    if not parsed.problems:
        assert parsed.documents == [(0, {"v": value})]


@given(st.binary(max_size=80))
@example(b"\x00")
@example(b"- &a [*a]")
def test_no_bytes_are_too_much(data: bytes) -> None:
    assert_told(data)


@given(YAML_TEXT)
@example("? a\n? b\n")
@example("a: *")
@example("&a &b c")
@example("--- |1\n")
def test_no_text_is_too_much(text: str) -> None:
    assert_told(text.encode())


def assert_told(data: bytes) -> None:
    """Either everything is read, or what is wrong is told at a place that exists."""
    parsed = parse("a.yaml", data)
    assert not parsed.broken or parsed.problems
    assert len(parsed.problems) <= MOST_PROBLEMS + 1
    for problem in parsed.problems:
        assert isinstance(problem.at, Place)
        assert problem.at.file == "a.yaml"
        assert problem.at.line <= data.count(b"\n") + data.count(b"\r") + data.count(b"\xe2\x80\xa8") + 2
    places = Positions("a.yaml", data)
    for number, _ in parsed.documents:
        assert places.place(Where("a.yaml", number, ("a", "b"))).line >= 1


def test_the_first_of_two_equal_keys_stands() -> None:
    parsed = parse("a.yaml", b"a: 1\nb: 2\na: 3\n")
    assert parsed.documents == [(0, {"a": 1, "b": 2})]
    (problem,) = parsed.problems
    assert problem.at == Place("a.yaml", 3, 1, 3, 2)


def test_aliases_repeat_values() -> None:
    parsed = parse("a.yaml", b"a: &x [1, {b: 2}]\nc: *x\nd: &x 5\ne: *x\n")
    assert parsed.documents == [(0, {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": 5, "e": 5})]
    assert parsed.problems == []


def test_an_anchor_does_not_reach_into_the_next_document() -> None:
    parsed = parse("a.yaml", b"a: &x 1\n---\nb: *x\n")
    assert parsed.documents == [(0, {"a": 1})]
    assert [problem.code for problem in parsed.problems] == ["YAML013"]


def test_documents_before_a_broken_one_are_kept() -> None:
    parsed = parse("a.yaml", b"a: 1\n---\nb: 2\n---\nc: [\n")
    assert parsed.documents == [(0, {"a": 1}), (1, {"b": 2})]
    assert parsed.broken


def test_odd_characters_written_as_escapes_can_be_seen_and_stay() -> None:
    escaped = parse("a.yaml", 'a: "x\\u2028y\\ufeff"\nb: é\n'.encode())
    assert escaped.documents == [(0, {"a": "x\u2028y\ufeff", "b": "é"})]
    assert escaped.problems == []
    assert [problem.code for problem in parse("a.yaml", 'a: "x\u2028y"\nb: é\n'.encode()).problems] == ["YAML004"]
