"""An audit reads as it was agreed in every form, and whatever people call their things, it stays text."""

import csv
import io
import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from crmgov.model.audits import AuditDocument
from crmgov.report.audit import FORMATS, render
from crmgov.report.audit.csv_ import HEAD, safe
from crmgov.report.audit.document import Setting, document
from crmgov.report.audit.look import Look
from crmgov.report.text import width
from crmgov.schema.build import DIALECT
from crmgov.schema.formats import formats
from tests.report.audit.scenes import audited, exported, field, northstar, read
from tests.report.plans import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
LOOKS = {
    "wide.txt": ("human", Look(columns=120, command="crmgov audit production")),
    "narrow.txt": ("human", Look(columns=80, command="crmgov audit production")),
    "full.txt": ("human", Look(full=True, command="crmgov audit production", narrowing=" --only Lead", fixes=True)),
    "md": ("markdown", Look()),
    "csv": ("csv", Look()),
}


@pytest.mark.parametrize("name", LOOKS)
def test_every_form_reads_as_it_was_agreed(name: str) -> None:
    form, look = LOOKS[name]
    text = render(northstar(), form, look)
    assert text.replace("\r\n", "\n") == (GOLDEN / f"northstar.{name}").read_text(encoding="utf-8")


def test_records_counted_from_files_read_as_it_was_agreed(tmp_path: Path) -> None:
    audit = audited(exported(tmp_path))
    told = [one for one in audit.findings if one.code.startswith("UNUSED") or one.code == "VALUES001"]
    setting = Setting(environment="production", source="export", findings=told)
    text = render(document(audit, setting), "human", Look(columns=110, full=True))
    assert text == (GOLDEN / "export.txt").read_text(encoding="utf-8")


def hostile() -> AuditDocument:
    fields = tuple(
        field(f"F{number}{text}", "deprecate", 1, label=text, reasons=(text,), writers=(text,), last_write=text,
              uses={"Layout": (f"Layout/{text}",)}, type=text, parent=f"O{text}")
        for number, text in enumerate(HOSTILE)
    )  # fmt: skip
    base = northstar(fields)
    findings = tuple(
        msgspec.structs.replace(base.findings[0], code=code, message=text, summary=text, mend=text, why=text, reason=text, address=f"Field/{text}")
        for text in HOSTILE
        for code in ("VALUES001", "UNUSED002")
    )  # fmt: skip
    autos = tuple(msgspec.structs.replace(base.automations[0], label=text, reasons=(text,), base=text) for text in HOSTILE)  # fmt: skip
    return msgspec.structs.replace(
        base, findings=findings, automations=autos, environment=HOSTILE[1], source=HOSTILE[5], not_looked_at=HOSTILE,
        against=HOSTILE[1],
    )  # fmt: skip


@pytest.mark.parametrize("full", [False, True])
def test_no_text_from_outside_moves_the_terminal(full: bool) -> None:
    text = render(hostile(), "human", Look(full=full, command="crmgov audit x"))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\u202e" not in text


def test_no_text_from_outside_is_markup_in_markdown() -> None:
    from lxml import html
    from markdown_it import MarkdownIt

    text = render(hostile(), "markdown")
    page = html.document_fromstring(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))  # fmt: skip
    tags = {element.tag for element in page.iter()}
    assert tags <= {"html", "body", "h2", "p", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    rows = page.findall(".//table")[0].findall(".//tr")
    assert {len(row) for row in rows} == {7}
    assert not re.search(r"@\w", re.sub(r"`[^`]*`", "", text))
    assert not re.search(r"https?://|www\.", re.sub(r"`[^`]*`", "", text))


def test_no_text_from_outside_is_markup_in_a_page() -> None:
    from lxml import html

    source = render(hostile(), "html")
    page = html.document_fromstring(source)
    assert len(page.findall(".//script")) == 2
    assert page.findall(".//img") == []
    assert all(link.get("href").startswith("#") for link in page.findall(".//a"))
    attributes = {name for element in page.iter() if isinstance(element.tag, str) for name in element.attrib}
    assert not any(name.startswith("on") for name in attributes)
    assert "src" not in attributes
    island = page.get_element_by_id("data").text
    assert "<" not in island
    assert len(json.loads(island)["rows"]) == len(HOSTILE)
    found = page.xpath("//*[@aria-labelledby or @for or @aria-describedby]")
    ids = {element.get("id") for element in page.iter() if isinstance(element.tag, str)}
    for element in found:
        assert {
            element.get(name) for name in ("aria-labelledby", "for", "aria-describedby") if element.get(name)
        } <= ids


def test_no_cell_of_a_table_is_a_formula() -> None:
    fields = tuple(
        field(f"{start}cmd|calc{n}", "deprecate", 1, label=f"{start}1+1", reasons=(f" {start}1",), parent=f"{start}A")
        for n, start in enumerate(("=", "+", "-", "@", "\t", "\r", "\n=", "＝"))
    )
    rows = list(csv.reader(io.StringIO(render(northstar(fields), "csv"))))
    assert tuple(rows[0]) == HEAD
    assert len(rows) == len(fields) + 1
    assert all(len(row) == len(HEAD) for row in rows)
    assert not [cell for row in rows[1:] for cell in row if cell.lstrip(" ").startswith(tuple("=+-@\t\r＝"))]


@given(st.text(max_size=20))
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert not safe(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(
    st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4, unique=True),
    st.integers(60, 200),
    st.sampled_from([None, 0, 412, 98_104]),
)
def test_a_line_of_the_table_is_never_wider_than_the_terminal(names: list[str], columns: int, filled: int | None) -> None:  # fmt: skip
    fields = tuple(
        field(name, "unknown" if filled is None else "deprecate", filled, recent=filled, reasons=(name * 5,), last_write="2026-01-01",
              uses={kind: (f"{kind}/A",) for kind in ("Automation", "Layout", "PermissionSet", "Validation")},
              writers=("users", "automation", "integration"))
        for name in names
    )  # fmt: skip
    lines = render(northstar(fields), "human", Look(columns=columns, full=True)).splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("FIELD"))
    table = [line for line in lines[first : first + len(fields) + 1] if line.startswith("FIELD") or line.endswith(("deprecate", "unknown"))]  # fmt: skip
    assert len(table) > 1
    assert all(width(line) <= columns for line in table)


def test_json_fits_its_schema_and_holds_every_verdict(tmp_path: Path) -> None:
    audit = audited(exported(tmp_path))
    told = json.loads(render(document(audit, Setting(environment="e", source="s", findings=audit.findings)), "json"))
    validator = Draft202012Validator(formats(DIALECT)["audit.json"])
    assert [error.message for error in validator.iter_errors(told)] == []
    assert [error.message for error in validator.iter_errors(json.loads(render(northstar(), "json")))] == []
    assert list(validator.iter_errors({**told, "more": 1}))
    assert told["format"] == "crmgov-audit/1"
    assert {one["address"] for one in told["verdicts"]} == {one.facts.address for one in audit.verdicts}
    assert {one["verdict"] for one in told["verdicts"]} >= {"unknown", "keep"}
    product = next(one for one in told["objects"] if one["name"] == "Product")
    assert (product["records"]["count"], product["strange"], product["not_held"]) == (18, 1, [])
    lead = next(one for one in told["objects"] if one["name"] == "Lead")
    assert lead["not_held"] == ["Webhook"]


def test_figures_by_record_type_and_by_listed_value(tmp_path: Path) -> None:
    audit = audited(exported(tmp_path))
    told = {one.name: one for one in document(audit, Setting()).verdicts}
    types = {one.record_type: (one.records, one.filled) for one in told["Region"].evidence.record_types}
    assert types == {"Inbound": (300, 200), "Partner": (100, 100)}
    assert {one.value: one.records for one in told["Region"].evidence.listed} == {"Nordics": 100, "Benelux": 100}
    assert told["Region"].evidence.not_listed == 100
    assert told["Health"].evidence.listed == ()


@pytest.mark.parametrize("form", FORMATS)
def test_an_audit_of_nothing_says_so(form: str) -> None:
    empty = msgspec.structs.replace(northstar(), verdicts=(), objects=(), findings=(), automations=(), time="")
    text = read(render(empty, form))
    assert "production" in text or form in ("csv", "xlsx")
    if form in ("human", "markdown"):
        assert "no findings" in text


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" not in render(northstar(), "human")
    assert "\x1b[33;1mdeprecate\x1b[0m" in render(northstar(), "human", Look(color=True))


def test_what_is_settled_is_counted_and_not_listed() -> None:
    base = northstar()
    known = tuple(msgspec.structs.replace(one, standing="known") for one in base.findings)
    text = render(msgspec.structs.replace(base, findings=known), "human", Look())
    assert "SICCode__c" not in text
    assert "1 known or waived" in text
    assert "no findings; 2 known" in text
    assert "SICCode" not in render(msgspec.structs.replace(base, findings=known), "markdown")


def test_objects_with_most_to_do_come_first_and_the_calm_ones_share_a_line() -> None:
    fields = (
        field("A", "keep", 9_000, parent="Calm"),
        field("B", "hide", 900, parent="Little"),
        *(field(f"C{n}", "deprecate", 1, parent="Much") for n in range(30)),
        *(field(f"D{n}", "unknown", None, parent="Young") for n in range(4)),
    )
    text = render(northstar(fields), "human", Look())
    assert text.index("Much:") < text.index("Little:") < text.index("Nothing to do in 2 objects")
    assert "and 18 more: 18 to deprecate (--full)" in text
    assert text.count("Young") == text.count("Calm") == 1


def test_a_code_stands_with_its_gravest_finding() -> None:
    base = northstar()
    kinds = (("B001", "note"), ("A001", "warning"), ("B001", "error"), ("C001", "note"))
    findings = tuple(
        msgspec.structs.replace(base.findings[0], code=code, severity=severity) for code, severity in kinds
    )
    lines = render(msgspec.structs.replace(base, findings=findings), "human", Look()).splitlines()
    heads = [" ".join(line.split()[:2]) for line in lines if line.startswith(("error ", "warning ", "note "))]
    assert heads == ["error B001", "warning A001", "note C001"]
