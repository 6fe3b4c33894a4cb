"""The quick reader of plain files answers as the whole reader does, or not at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crmgov.load.direct import read_directly
from crmgov.load.events import parse

_PLAIN = """\
# Who may do what
kind: PermissionSet
name: SalesCore
label: "Sales: the core"
description: Work with one's own accounts; nothing else  # reviewed in May
born: 2021-03-01
size: -12.5
on: true
nothing:
grün: Größe
""".replace("grün", "gruen")

_NESTED = """\
fields:
  Name:
    required: true
    tags: [a, b c, 12]
    values:
    - {name: Not Required, default: true}
    - Pending
  Other Name: {}
list:
  - name: one
    of:
      - x
      - y: [ ]

  - two
  # between
  - 'three # four'
""".replace("[ ]", "[]")


def _whole(data: bytes) -> object:
    """What the whole reader makes of a file without any problem; Ellipsis where there is one."""
    parsed = parse("a.yaml", data)
    if parsed.problems or parsed.broken or parsed.doubtful or len(parsed.documents) != 1:
        return ...
    return parsed.documents[0][1]


def test_plain_files_are_read_directly() -> None:
    """Scalars of every kind, lists, maps, comments and blank lines."""
    assert read_directly(_PLAIN.encode()) == {
        "kind": "PermissionSet",
        "name": "SalesCore",
        "label": "Sales: the core",
        "description": "Work with one's own accounts; nothing else",
        "born": "2021-03-01",
        "size": -12.5,
        "on": True,
        "nothing": None,
        "gruen": "Größe",
    }
    assert read_directly(_NESTED.encode()) == {
        "fields": {
            "Name": {
                "required": True,
                "tags": ["a", "b c", 12],
                "values": [{"name": "Not Required", "default": True}, "Pending"],
            },
            "Other Name": {},
        },
        "list": [{"name": "one", "of": ["x", {"y": []}]}, "two", "three # four"],
    }


@pytest.mark.parametrize("text", [_PLAIN, _NESTED, _PLAIN.rstrip("\n")])
def test_both_readers_agree(text: str) -> None:
    """The same value, and the same order of keys."""
    direct, whole = read_directly(text.encode()), _whole(text.encode())
    assert repr(direct) == repr(whole)


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "# only a comment\n", "- a\n", "a\n", "---\na: b\n", "a: b\n---\nc: d\n", "  a: b\n", "\ufeffa: b\n",
        "a: b\na: c\n", "a:\n  b: c\n d: e\n", "a: b\n  c: d\n", "a: b\n  c\n", "a: |\n  b\n", "a: >-\n  b\n", "a: &b c\n",
        "a: *b\n", "a: !!str b\n", "<<: b\n", "? a\n: b\n", "true: b\n", "1: b\n", "a: 007\n", "a: 1e3\n", "a: +1\n",
        "a: b: c\n", "a: b:\n", "a: 'it''s'\n", 'a: "b\\n"\n', 'a: "b\n  c"\n', "a: [b,\n  c]\n", "a: [b, [c]]\n", "a: [b\n",
        "a: {b: c, b: d}\n", "a: {b: 0x1}\n", "a:\tb\n", "a: b\r\n", "a: b\x00\n", "a: \u00a0b\n", "a: \u201cb\u201d\n", "a: %b\n",
        "a: @b\n", "a:\n- \n", "a:\n-\n", "a:\n- - b\n", "a:\n- b\nc\n", "a: b \n", f"{'a' * 1100}: b\n", "\x85a: b\n", "a: - b\n",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_whole_reader(text: str) -> None:
    """Nothing is guessed: what has another meaning, or none, is not answered."""
    assert read_directly(text.encode()) is None


def test_bytes_that_are_no_text() -> None:
    """Neither other encodings nor broken ones are read."""
    assert read_directly(b"a: \xff\n") is None
    assert read_directly("a: b\n".encode("utf-16")) is None


def test_nesting_beyond_the_limit() -> None:
    """The whole reader tells of too many levels."""
    deep = "".join(f"{' ' * n}k:\n" for n in range(80))
    assert read_directly(deep.encode()) is None


_SCALARS = st.sampled_from(
    ["", "a", "b c", "12", "-1.5", "007", "1.50", "true", "null", "~", "2021-01-01", "'q'", '"q: r"', "'it''s'", '"a\\n"',
     "[]", "{}", "[a, b]", "[a, 1, true]", "[a,b]", "[a, ]", "{a: b}", "{a: 1, b: true}", "{a: b, a: c}", "{a:b}", "a # c",
     "a#c", "a: b", "a:b", "a:", "-", "- a", "-a", "&a b", "*a", "!a b", "|", ">", "%a", "@a", "`a", "?", "? a", ",", "# c",
     "a ", "é", "ß b", "…", "\u00a0", "a\tb", "=", "<<", "---", "...", "x" * 130, "(a)", "/a", "a, b", "a]", "{", "[", "\"", "'"]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["a", "b", "c", "name", "Closed Won", "a-b", "a - b", "true", "1", "<<", '"q"', "é", "x" * 90, "x y z", "a:b", ""]
)
_ENDS = st.sampled_from(["", "", "", " ", " # c", "\r"])
_LINES = st.one_of(
    st.builds(lambda key, value, end: f"{key}: {value}{end}", _KEYS, _SCALARS, _ENDS),
    st.builds(lambda key: f"{key}:", _KEYS),
    st.builds(lambda value, end: f"- {value}{end}", _SCALARS, _ENDS),
    st.builds(lambda key, value: f"- {key}: {value}", _KEYS, _SCALARS),
    st.builds(lambda key: f"- {key}:", _KEYS),
    st.sampled_from(["", "# c", "---", "...", "text", "%YAML 1.2", "-", "- - a"]),
)
_FILES = st.lists(st.tuples(st.integers(0, 5), _LINES), max_size=12).map(
    lambda lines: "\n".join(" " * indent + line for indent, line in lines)
)


@settings(max_examples=2000)
@example("a:\n- b\nc: d")
@example("a:\n- b: c\n  d:\n  - e\nf:")
@example("a:\n  - b:\n      c: d\n    e: f")
@given(_FILES)
def test_an_answer_is_the_whole_readers_answer(text: str) -> None:
    """Whatever lines a file is made of: the same value in the same order, or no answer."""
    direct = read_directly(text.encode())
    if direct is not None:
        assert repr(direct) == repr(_whole(text.encode()))


@settings(max_examples=1000)
@given(st.sampled_from([_PLAIN, _NESTED]), st.data())
def test_plain_files_with_one_thing_changed(text: str, data: st.DataObject) -> None:
    """A character put in, taken out or replaced anywhere in a plain file."""
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(
        st.sampled_from(
            ["", " ", "  ", "\n", "\n\n", ":", ": ", "#", " #", "-", "- ", "'", '"', "[", "]", "{", ",", "x"]
        )
    )
    cut = data.draw(st.integers(0, 2))
    changed = text[:at] + new + text[at + cut :]
    direct = read_directly(changed.encode())
    if direct is not None:
        assert repr(direct) == repr(_whole(changed.encode()))
