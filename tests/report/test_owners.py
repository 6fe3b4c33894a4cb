"""Who answers for what: CODEOWNERS, and one issue for each owner."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from pathspec import GitIgnoreSpec

from crmgov.load.tree import load_tree
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Where
from crmgov.model.plans import Deviation
from crmgov.model.snapshot import Snapshot
from crmgov.report.areas import Areas, areas_of
from crmgov.report.codeowners import codeowners
from crmgov.report.comment.given import Checked, Finding, FindingPlace
from crmgov.report.issues import Drifted, issues
from tests.report.plans import HOSTILE
from tests.running import ROOT


def snapshot(areas: dict[str, Body], files: dict[str, str]) -> Snapshot:
    """A tree of resources by address and file, governed by areas."""
    bodies: dict[str, Body] = {address: {"label": "x"} for address in files}
    governed = {"Governance/g": {"areas": areas}, **bodies}
    places = {address: Where(file) for address, file in files.items()}
    return Snapshot.of("tree", governed, places={**places, "Governance/g": Where("config/governance.yaml")})


def owners(text: str, file: str) -> set[str]:
    """Who a host would ask: the last line that matches counts."""
    found: set[str] = set()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pattern, *handles = re.split(r"(?<!\\) ", line)
            if GitIgnoreSpec.from_lines([pattern]).match_file(file):
                found = set(handles)
    return found


def test_the_company_in_config_is_owned_as_its_areas_say() -> None:
    tree = load_tree(ROOT, cache=False).snapshot
    text, problems = codeowners(tree)
    assert problems == []
    areas = Areas(areas_of(tree))
    for address, where in tree.places.items():
        area = areas.of(address, where.file)
        assert owners(text, where.file) == ({area.handle} if area is not None else set()), where.file
    assert owners(text, "config/objects/Lead/fields/Brand new.yaml") == {"@tidewell/sales-operations"}
    assert text == codeowners(tree)[0]


NAMES = st.sampled_from(["Lead", "Deal", "Case", "A B", "Ärzte"])
FILES = st.lists(st.tuples(NAMES, st.sampled_from(["config/a", "config/a/b", "config/c d", "config"])), min_size=1, max_size=8, unique=True)  # fmt: skip
AREAS = st.lists(st.tuples(st.sampled_from(["objects", "kinds", "paths"]), NAMES, st.integers(1, 3)), max_size=5)


@given(FILES, AREAS)
def test_the_host_asks_whom_the_areas_name(files: list[tuple[str, str]], drawn: list[tuple[str, str, int]]) -> None:
    areas: dict[str, Body] = {}
    for index, (sort, name, number) in enumerate(drawn):
        value = {"objects": [name], "kinds": ["Object"], "paths": [f"config/a/{name}.yaml"]}[sort]
        areas[f"area{index}"] = {"owner": f"team {number}", "handle": f"@acme/team{number}", sort: value}
    placed = {f'Object/"{name} {folder}"': f"{folder}/{name}.yaml" for name, folder in files}
    placed |= {f'Field/"{name}"."{folder}"': f"{folder}/{name}.yaml" for name, folder in files}
    tree = snapshot(areas, placed)
    text, _ = codeowners(tree)
    known = Areas(areas_of(tree))
    for file in set(placed.values()):
        by_path = known.of_file(file)
        inside = {area.handle for at, where in placed.items() if where == file and (area := known.of_address(at))}
        assert owners(text, file) == ({by_path.handle} if by_path is not None else inside), text


def test_areas_without_a_handle_and_paths_that_cannot_be_written_are_told() -> None:
    areas: dict[str, Body] = {
        "none": {"owner": "Nobody", "objects": ["Lead"]},
        "wrong": {"owner": "Evil", "handle": "@acme/x\n* @evil", "objects": ["Deal"]},
        "odd": {"owner": "Odd", "handle": "@odd", "paths": ["!config/x", "config/[ab].yaml", "config/fine/**"]},
        "star": {"owner": "Star", "handle": "@star", "objects": ["Case"]},
    }
    files = {"Object/Lead": "config/Lead.yaml", "Object/Deal": "config/Deal.yaml", "Object/Case": "config/*.yaml"}
    text, problems = codeowners(snapshot(areas, files))
    assert sorted(one.code for one in problems) == ["REPORT001", "REPORT002", "REPORT003", "REPORT003", "REPORT003"]
    assert "evil" not in text
    assert text.splitlines()[1:] == ["/config/fine/ @odd"]


def test_without_areas_nothing_is_written() -> None:
    text, problems = codeowners(snapshot({}, {}))
    assert text == ""
    assert [one.severity for one in problems] == ["error"]


def told(tree: Snapshot, drift: tuple[Deviation, ...], *findings: Finding) -> list[dict[str, str]]:
    data = json.loads(issues(tree, [Drifted(environment="production", drift=drift, format="")], [Checked(findings)]))
    found: list[dict[str, str]] = data["issues"]
    return found


def by_hand(address: str) -> Deviation:
    return Deviation(address=address, native=address, sort="removed")


def test_each_owner_has_one_issue_with_all_that_is_theirs() -> None:
    areas: dict[str, Body] = {"sales": {"owner": "Sales", "handle": "@acme/sales", "objects": ["Lead"]}}
    tree = snapshot(areas, {"Object/Lead": "config/Lead.yaml", "Role/Top": "config/Top.yaml"})
    found = told(
        tree,
        (by_hand("Object/Lead"), by_hand("Field/Lead.Gone"), by_hand("Role/Top")),
        Finding("REF002", "error", "No field", address="Object/Lead", place=FindingPlace("config/Lead.yaml", 3)),
        Finding("OWN002", "note", "only a note", address="Object/Lead"),
    )
    assert [(one["owner"], one["title"]) for one in found] == [
        ("Nobody named", "crmgov: 1 change by hand for Nobody named"),
        ("Sales", "crmgov: 2 changes by hand, 1 finding for Sales"),
    ]
    body = found[1]["body"]
    assert body.startswith(found[1]["mark"])
    assert "For @acme/sales" in body
    assert "Lead.Gone" in body
    assert "only a note" not in body


def test_issues_fit_and_stay_text() -> None:
    owners = {f"area{n}": {"owner": text, "objects": [f"Lead{n}"]} for n, text in enumerate(HOSTILE)}
    tree = snapshot(owners, {f"Object/Lead{n}": f"config/Lead{n}.yaml" for n in range(len(HOSTILE))})
    drift = tuple(by_hand(f"Field/Lead{n}.{json.dumps(text)}") for n, text in enumerate(HOSTILE))
    findings = [
        Finding("REF002", "error", text, address=f"Object/Lead{n}", mend=text) for n, text in enumerate(HOSTILE)
    ]
    for one in told(tree, drift, *findings, *(Finding("REF002", "error", "\u4e16#" * 500) for _ in range(20_000))):
        assert len(one["body"].encode()) <= 65_536
        assert one["title"].isprintable()
        page = html.document_fromstring(MarkdownIt("commonmark", {"html": True}).enable("table").render(one["body"]))
        tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
        assert tags <= {"html", "body", "p", "h3", "ul", "li", "strong", "code"}
        assert not re.search(r"@\w", page.text_content())
        assert one["body"].count("<!--") == 1
