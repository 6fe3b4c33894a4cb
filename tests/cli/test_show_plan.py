"""What ``show FILE --format json`` prints of a saved plan is what other tools judge plans by: it stays as it is."""

import json
from pathlib import Path
from typing import Any

import jsonschema

from crmgov.report.plan_file import write_plan
from tests.report.plans import saved
from tests.running import ROOT, crmgov

GOLDEN = Path(__file__).parent / "golden/plan.json"


def shown(folder: Path) -> str:
    write_plan(folder / "release.plan", saved())
    done = crmgov("-C", str(folder), "show", str(folder / "release.plan"), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_saved_plan_as_json_reads_as_it_was_agreed(tmp_path: Path) -> None:
    assert shown(tmp_path) == GOLDEN.read_text(encoding="utf-8")


def test_it_is_what_the_published_schema_says() -> None:
    schema = json.loads((ROOT / "schemas/plan.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(GOLDEN.read_text(encoding="utf-8")), schema)


def test_it_holds_what_the_page_on_policies_shows_a_rule_for() -> None:
    plan: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    denied = [
        f"{step['address']} is removed and loses values"
        for step in plan["core"]["steps"]
        if step["action"] == "remove" and "data-loss" in step["hazards"]
    ]
    assert denied == ["Field/Lead.Fax is removed and loses values"]
    assert plan["core"]["environment"] == "production"
    assert plan["format"] == "crmgov-plan/1"
