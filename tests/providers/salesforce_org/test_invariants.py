"""Conditions over records made up, against an evaluation in plain Python that shares nothing with the counterpart's."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from . import Field, Org
from .errors import NotKnown, Refused
from .soql.answer import ask
from .soql.lexer import tokens, unescaped

Record = dict[str, object]
TEXTS = st.text(alphabet="abAB'\\%_é\n ", max_size=4)
NUMBERS = st.integers(-20, 20).map(lambda number: number / 4)
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 5))
PICKED = st.lists(st.sampled_from("pqr"), unique=True).map(lambda values: ";".join(sorted(values)))
RECORDS = st.fixed_dictionaries(
    {
        "Text__c": st.none() | TEXTS,
        "Number__c": st.none() | NUMBERS,
        "Flag__c": st.booleans(),
        "Day__c": st.none() | DAYS,
        "Picks__c": st.none() | PICKED,
    }
)


@dataclass(frozen=True)
class Condition:
    """What to ask, and what it should find."""

    soql: str
    keeps: Callable[[Record], bool]


def quoted(text: str) -> str:
    """A text as SOQL writes it."""
    for char, escape in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n")):
        text = text.replace(char, escape)
    return f"'{text}'"


def stored(value: object) -> object:
    """What is kept of a value: texts are trimmed, and an empty one is none."""
    return (value.strip() or None) if isinstance(value, str) else value


def same(left: object, right: object) -> bool:
    """Whether two kept values are the same, in any case."""
    return left.lower() == right.lower() if isinstance(left, str) and isinstance(right, str) else left == right


def compared(name: str, operator: str, literal: str, value: object) -> Condition:
    """A comparison with one value."""

    def keeps(record: Record) -> bool:
        mine = stored(record[name])
        if operator in ("=", "!="):
            return same(mine, value) == (operator == "=")
        if mine is None:
            return False
        left, right = (one.lower() if isinstance(one, str) else one for one in (mine, value))
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator]  # type: ignore[operator]

    return Condition(f"{name} {operator} {literal}", keeps)


def listed(name: str, values: list[object], literals: list[str], inside: bool) -> Condition:
    """IN or NOT IN."""
    words = "IN" if inside else "NOT IN"
    return Condition(
        f"{name} {words} ({', '.join(literals)})",
        lambda record: any(same(stored(record[name]), one) for one in values) == inside,
    )


def liked(start: str) -> Condition:
    """Begins with."""
    pattern = (
        start.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("%", "\\%").replace("_", "\\_")
    )

    def keeps(record: Record) -> bool:
        mine = stored(record["Text__c"])
        return isinstance(mine, str) and mine.lower().startswith(start.lower())

    return Condition(f"Text__c LIKE '{pattern}%'", keeps)


def included(groups: list[list[str]]) -> Condition:
    """INCLUDES."""

    def keeps(record: Record) -> bool:
        mine = set(str(record["Picks__c"] or "").split(";"))
        return any(set(group) <= mine for group in groups)

    return Condition(f"Picks__c INCLUDES ({', '.join(quoted(';'.join(group)) for group in groups)})", keeps)


EQUALS, ALL = st.sampled_from(["=", "!="]), st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
GIVEN = TEXTS.filter(lambda text: text == text.strip())
LEAVES = st.one_of(
    st.builds(lambda operator, text: compared("Text__c", operator, quoted(text), text), ALL, GIVEN.filter(bool)),
    st.builds(lambda operator, text: compared("Text__c", operator, quoted(text), text or None), EQUALS, GIVEN),
    st.builds(lambda operator, number: compared("Number__c", operator, str(number), number), ALL, NUMBERS),
    st.builds(lambda operator, day: compared("Day__c", operator, day.isoformat(), day), ALL, DAYS),
    st.builds(lambda operator, flag: compared("Flag__c", operator, str(flag).lower(), flag), EQUALS, st.booleans()),
    st.builds(
        lambda operator, name: compared(name, operator, "null", None),
        EQUALS,
        st.sampled_from(["Text__c", "Number__c", "Day__c", "Picks__c"]),
    ),
    st.builds(
        lambda texts, inside: listed("Text__c", list(texts), [quoted(text) for text in texts], inside),
        st.lists(GIVEN.filter(bool), min_size=1),
        st.booleans(),
    ),
    st.builds(
        lambda numbers, inside: listed("Number__c", list(numbers), [str(one) for one in numbers], inside),
        st.lists(NUMBERS, min_size=1),
        st.booleans(),
    ),
    GIVEN.map(liked),
    st.lists(st.lists(st.sampled_from("pqr"), min_size=1, unique=True), min_size=1, max_size=3).map(included),
)


def denied(inner: Condition) -> Condition:
    """NOT."""
    return Condition(f"NOT ({inner.soql})", lambda record: not inner.keeps(record))


def joined(word: str, parts: list[Condition]) -> Condition:
    """AND or OR."""
    every = all if word == "AND" else any
    return Condition(
        f" {word} ".join(f"({part.soql})" for part in parts), lambda record: every(part.keeps(record) for part in parts)
    )


CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(denied), st.builds(joined, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=2, max_size=3))
    ),
    max_leaves=6,
)


def org_of(records: list[Record]) -> Org:
    """An org with these records."""
    org = Org()
    org.user()
    fields = [
        Field("Text__c", "string"),
        Field("Number__c", "double"),
        Field("Flag__c", "boolean"),
        Field("Day__c", "date"),
        Field("Picks__c", "multipicklist", values=("p", "q", "r")),
    ]
    org.object("Row__c", fields, [{**record, "Name": str(number)} for number, record in enumerate(records)])
    return org


@given(st.lists(RECORDS, max_size=12), CONDITIONS)
def test_a_condition_finds_what_it_says(records: list[Record], condition: Condition) -> None:
    org = org_of(records)
    expected = [str(number) for number, record in enumerate(records) if condition.keeps(record)]
    answer = ask(org, org.users[0], f"SELECT Name FROM Row__c WHERE {condition.soql}")
    assert [record["Name"] for record in answer.records] == expected
    assert ask(org, org.users[0], f"SELECT COUNT() FROM Row__c WHERE {condition.soql}").counted == len(expected)


@given(st.lists(RECORDS, max_size=12))
def test_counts_and_groups_agree_with_the_records(records: list[Record]) -> None:
    org = org_of(records)
    user = org.users[0]
    days = Counter(record["Day__c"] for record in records)
    rows = ask(
        org, user, "SELECT Day__c, COUNT(Id) n, COUNT(Text__c) t, MAX(Number__c) m FROM Row__c GROUP BY Day__c"
    ).rows
    assert {row["Day__c"]: row["n"] for row in rows} == dict(days)
    texts = [str(stored(record["Text__c"])).lower() for record in records if stored(record["Text__c"]) is not None]
    assert sum(int(str(row["t"])) for row in rows) == len(texts)
    (whole,) = ask(org, user, "SELECT COUNT_DISTINCT(Text__c) d, SUM(Number__c) s FROM Row__c").rows
    numbers = [float(str(record["Number__c"])) for record in records if record["Number__c"] is not None]
    assert whole == {"d": len(set(texts)), "s": sum(numbers) if numbers else None}


WORDS = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "IN",
        "LIKE",
        "GROUP",
        "BY",
        "HAVING",
        "ORDER",
        "ASC",
        "DESC",
        "NULLS",
        "LAST",
        "LIMIT",
        "OFFSET",
        "COUNT",
        "COUNT()",
        "COUNT(Id)",
        "MAX(",
        ")",
        "(",
        ",",
        "=",
        "!=",
        "<",
        ">=",
        "null",
        "true",
        "'a'",
        "''",
        "5",
        "-1.5",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "TODAY",
        "LAST_N_DAYS:3",
        "INCLUDES",
        "EXCLUDES",
        "Id",
        "Name",
        "Text__c",
        "Number__c",
        "Flag__c",
        "Day__c",
        "Picks__c",
        "Row__c",
        "Owner.Name",
        "CreatedBy.Profile.Name",
        "CreatedDate",
        "CALENDAR_YEAR(CreatedDate)",
        "x",
        ":",
        ".",
        "'open",
    ]
)


@given(st.lists(WORDS, max_size=14))
def test_whatever_is_asked_is_answered_refused_or_not_known(words: list[str]) -> None:
    org = org_of([{"Text__c": "a", "Number__c": 1.5, "Flag__c": True, "Day__c": date(2026, 1, 1), "Picks__c": "p;q"}])
    for text in (
        " ".join(words),
        "SELECT Id FROM Row__c WHERE " + " ".join(words),
        "SELECT COUNT(Id) FROM Row__c " + " ".join(words),
    ):
        with contextlib.suppress(Refused, NotKnown):
            ask(org, org.users[0], text)


@given(st.text(alphabet="ab'\\\n\t\"%_éß∂\u2028", max_size=10))
def test_a_quoted_text_reads_back(text: str) -> None:
    written = quoted(text)
    token, _ = tokens(written)
    assert unescaped(written, token)[0] == text
