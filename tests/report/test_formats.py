"""The same findings in every format, and text from outside made harmless in each."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import crmgov
from crmgov.check.run import check
from crmgov.model.diagnostics import Diagnostic, Place, Where
from crmgov.report.findings import FORMATS, render
from crmgov.schema.validate import problems
from tests.report.test_human import KEY, STAGE, excerpt

NOTE = Diagnostic(code="REF018", severity="note", message="3 uses of 2 names", evidence=("Object Invoice (2)",))
WARN = Diagnostic(code="REF011", severity="warning", message='No value "x"', at=Place("a b/ü#1.yaml", 3, 2, 3, 4))
ALL = [STAGE, KEY, NOTE, WARN]
SUMMARY = "2 objects, 30 fields, 0.1 s"


def golden(form: str) -> str:
    assert check  # the codes of both packages are loaded, whichever tests ran before
    assert problems
    return render(form, ALL, excerpt=excerpt, summary=SUMMARY).replace(f'"{crmgov.__version__}"', '"VERSION"')


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_reads_as_it_was_agreed(form: str) -> None:
    expected = Path(__file__).parent / "golden" / f"findings.{form}"
    assert golden(form) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found_is_said_too(form: str) -> None:
    text = render(form, [], summary=SUMMARY)
    assert text.endswith("\n")
    if form == "human":
        assert text == f"no findings\n{SUMMARY}\n"
    if form == "junit":
        assert len(etree.fromstring(text.encode()).findall(".//testcase")) == 1


HOSTILE = "\x1b[31mred\x1b[0m \r\n::error::x \u202egnp\u202c <script>alert(1)</script> ]]> [a](http://x) `c` %0A @ann \x00 \ud800 | * ]("


def hostile() -> list[Diagnostic]:
    return [
        Diagnostic(
            code="REF001", message=HOSTILE, hint=HOSTILE, detail=HOSTILE, mend=HOSTILE, evidence=(HOSTILE,),
            at=Place(HOSTILE, 1, 1, 1, 5), address=f"Object/{HOSTILE}",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_text_from_outside_cannot_move_colour_or_end_anything(form: str) -> None:
    text = render(form, hostile(), excerpt=lambda place: HOSTILE, summary=HOSTILE)
    text.encode("utf-8")
    for char in ("\x1b", "\r", "\x00", "\u202e"):
        assert char not in text
    assert "\n::error::x" not in text


def test_hostile_text_is_no_markup() -> None:
    markdown = render("markdown", [Diagnostic(code="REF001", message=HOSTILE, hint=HOSTILE)], summary=HOSTILE)
    assert "<script>" not in markdown
    assert "](http" not in markdown
    assert "@ann" not in markdown
    junit = etree.fromstring(render("junit", hostile()).encode())
    assert junit.find(".//script") is None
    github = render("github", hostile()).splitlines()
    assert [line for line in github if line.startswith("::")] == github[:1]
    sarif = json.loads(render("sarif", hostile()))
    assert "](" not in sarif["runs"][0]["results"][0]["message"]["text"]


@given(
    st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20), st.integers(0, 99), st.integers(0, 99)), max_size=3),
    st.sampled_from(sorted(FORMATS)),
)
def test_no_text_breaks_a_format(rows: list[tuple[str, str, int, int]], form: str) -> None:
    findings = [
        Diagnostic(code="REF001", message=message, hint=file, at=Place(file, line, column, line, column + 2))
        for message, file, line, column in rows
    ]
    text = render(form, findings, excerpt=lambda place: place.file, summary="")
    text.encode("utf-8")
    if form in ("json", "sarif"):
        json.loads(text)
    if form == "junit":
        assert len(etree.fromstring(text.encode()).findall(".//testcase")) == max(1, len(rows))


def test_json_holds_everything_in_order() -> None:
    report = json.loads(golden("json"))
    assert report["format"] == "crmgov-findings/1"
    assert report["totals"] == {"error": 2, "warning": 1, "note": 1}
    assert [item["code"] for item in report["findings"]] == ["REF011", "FIELD004", "REF012", "REF018"]
    assert report["findings"][1]["place"] == {
        "file": "config/lead.yaml",
        "line": 5,
        "column": 1,
        "end_line": 5,
        "end_column": 6,
    }
    assert report["findings"][1]["fix"] == {"title": "rename", "safe": True}


def test_sarif_is_what_the_standard_asks_for() -> None:
    log = json.loads(golden("sarif"))
    (run,) = log["runs"]
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        for location in [*result.get("locations", []), *result.get("relatedLocations", [])]:
            _location(location)
    prints = [result["partialFingerprints"]["crmgovFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


SARIF: dict[str, dict[str, str]] = {
    "run": {"tool": "object", "columnKind": "string", "results": "array"},
    "driver": {"name": "string", "version": "string", "rules": "array"},
    "rule": {"id": "string", "shortDescription": "object", "fullDescription": "object", "help": "object", "helpUri": "string", "defaultConfiguration": "object", "properties": "object"},
    "result": {"ruleId": "string", "ruleIndex": "integer", "level": "string", "message": "object", "partialFingerprints": "object", "locations": "array", "relatedLocations": "array", "properties": "object", "suppressions": "array"},
    "location": {"physicalLocation": "object", "logicalLocations": "array", "message": "object"},
}  # fmt: skip
"""What the standard knows of the objects written here, with the type of each; it allows no other keys in them."""


def test_sarif_holds_only_keys_and_types_the_standard_knows() -> None:
    types = {"object": dict, "array": list, "string": str, "integer": int}
    for log in (json.loads(golden("sarif")), json.loads(render("sarif", hostile()))):
        (run,) = log["runs"]
        given = [("run", run), ("driver", run["tool"]["driver"])]
        given += [("rule", rule) for rule in run["tool"]["driver"]["rules"]]
        given += [("result", result) for result in run["results"]]
        given += [
            ("location", one)
            for r in run["results"]
            for one in [*r.get("locations", []), *r.get("relatedLocations", [])]
        ]
        for name, value in given:
            assert dict.fromkeys(value, True) == {key: isinstance(value[key], types[SARIF[name][key]]) for key in value}


def _location(location: dict[str, Any]) -> None:
    physical = location["physicalLocation"]
    assert " " not in physical["artifactLocation"]["uri"]
    region = physical.get("region", {"startLine": 1})
    assert all(number >= 1 for number in region.values())


def test_more_than_twenty_of_one_code_fold_into_a_line_unless_all_are_asked_for() -> None:
    many = [Diagnostic(code="REF001", message=f"m{n}", at=Place(f"f{n % 3}.yaml", n)) for n in range(30)]
    folded = render("concise", [*many, WARN]).splitlines()
    assert len(folded) == 20 + 1 + 2
    assert folded[-2:] == ["and 10 more REF001 in 1 file (--full lists them)", "30 errors, 1 warning (REF011 1)"]
    assert len(render("concise", many, full=True).splitlines()) == 31
    assert len(json.loads(render("json", many))["findings"]) == 30


def test_colours_are_only_where_they_are_allowed() -> None:
    assert "\x1b[" not in render("human", ALL, excerpt=excerpt)
    assert "\x1b[31;1merror\x1b[0m" in render("human", ALL, excerpt=excerpt, color=True)


@pytest.mark.parametrize(
    ("line", "column", "end", "expected"),
    [
        ("\tvalue: x", 9, 10, ["    7 |     value: x", "      |            ^ h"]),
        ("名前: 値 # x", 5, 6, ["    7 | 名前: 値 # x", "      |       ^^ h"]),
        ("a: e\u0301x", 4, 6, ["    7 | a: e\u0301x", "      |    ^ h"]),
        ("a:", 3, 3, ["    7 | a:", "      |   ^ h"]),
        ("a: b", 40, 44, ["    7 | a: b", "      |     ^ h"]),
    ],
)
def test_the_caret_stands_under_the_fault(line: str, column: int, end: int, expected: list[str]) -> None:
    item = Diagnostic(code="REF001", message="m", hint="h", at=Place("f.yaml", 7, column, 7, end))
    text = render("human", [item], excerpt=lambda place: line if place.line == 7 else None)
    assert text.splitlines()[1:3] == expected


def test_a_long_line_is_shown_around_the_fault() -> None:
    line = "x" * 5000 + "FAULT" + "y" * 5000
    item = Diagnostic(code="REF001", message="m", hint="h", at=Place("f.yaml", 7, 5001, 7, 5006))
    shown = render("human", [item], excerpt=lambda place: line if place.line == 7 else None).splitlines()
    assert len(shown[1]) < 140
    start = shown[2].index("^")
    assert shown[1][start : start + 5] == "FAULT"
    assert shown[2].count("^") == 5


def test_findings_without_a_line_are_told_by_what_they_are_about() -> None:
    item = Diagnostic(code="REF001", message="m", address="Object/Lead", at=Where("f.yaml", route=("a",)))
    assert render("concise", [item]).splitlines()[0] == "f.yaml: error REF001 m"
    assert render("concise", [Diagnostic(code="X001", message="m", address="Object/Lead")]).startswith(
        "Object/Lead: error"
    )
