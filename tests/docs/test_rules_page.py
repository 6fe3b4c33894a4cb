"""The page of rules is current, whole, and true to what the rules say of themselves."""

import re
import sys
from pathlib import Path

from crmgov.check.governance.limits import BUDGETS
from crmgov.check.governance.run import AREAS
from crmgov.check.governance.standing import LEADS, RULES
from crmgov.cli.explain import declare_all
from crmgov.model.diagnostics import CATALOGUE
from crmgov.report.rules_page import codes_of, covers, standing
from tests.running import run

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
TABLES = TEXT.partition("\n## Codes\n")[0]


def rows(title: str) -> dict[int, list[str]]:
    """The cells of one table by number."""
    table = TABLES.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found = [re.split(r"\s*\|\s*", line.strip("| ")) for line in table.splitlines() if re.match(r"\| [0-9]", line)]
    return {int(cells[0]): cells for cells in found}


def test_what_is_committed_is_current(tmp_path: Path) -> None:
    done = run([sys.executable, "-m", "crmgov.cli.documents", str(tmp_path)])
    assert done.returncode == 0, done.stderr
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        committed = ROOT / path.relative_to(tmp_path)
        assert committed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "run: make documents"


def test_every_module_that_declares_codes_is_known() -> None:
    inside = re.compile(r"^declare\(", flags=re.MULTILINE)
    declaring = [path for path in (ROOT / "crmgov").rglob("*.py") if inside.search(path.read_text(encoding="utf-8"))]
    script = "import sys\nfrom crmgov.cli.explain import declare_all\ndeclare_all()\nprint(*sys.modules)"
    loaded = run([sys.executable, "-c", script]).stdout.split()
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in declaring}
    assert len(modules) > 10
    assert modules - set(loaded) == set()


def test_every_number_is_there_once() -> None:
    assert [row.number for row in RULES] == list(range(1, 98)) == list(rows("Governance rules"))
    assert [row.number for row in LEADS] == list(range(1, 19)) == list(rows("Leads"))


def test_every_code_of_a_rule_is_in_the_table() -> None:
    table = rows("Governance rules")
    for area in AREAS:
        for code, numbers in area.COVERS.items():
            assert numbers, code
            for number in numbers:
                assert any(f"[{code}]" in cell for cell in table[number]), (code, number)


def test_every_code_is_documented() -> None:
    declare_all()
    for code, info in CATALOGUE.items():
        entry = TEXT.partition(f"\n#### {code}\n")[2].partition("\n#### ")[0]
        assert f"({info.severity})." in entry, code
        assert "- Why: " in entry, code
        assert "- Mend: " in entry, code


def test_every_link_leads_to_a_code() -> None:
    linked = set(re.findall(r"\]\(#([a-z0-9]+)\)", TABLES))
    assert linked <= {code.lower() for code in CATALOGUE}
    assert len(linked) > 20


def test_what_configuration_cannot_tell_says_why() -> None:
    for row in (*RULES, *LEADS):
        assert row.why or not row.beyond, row.number


def test_how_a_rule_is_kept_follows_from_its_codes() -> None:
    by_number = {row.number: row for row in RULES}
    assert standing(by_number[60], codes_of(by_number[60], covers())) == "offline; the rest needs evidence"
    assert standing(by_number[63], ["SHARED015"]) == "offline"
    assert standing(by_number[73], []) == "out of reach"
    assert standing(by_number[36], []) == "needs evidence"
    assert standing(by_number[63], []) == "not checked"


def test_every_budget_is_told() -> None:
    budgets = TEXT.partition("\n## Budgets\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", budgets, flags=re.MULTILINE)) == set(BUDGETS)
