"""The pull-request flow with the command lines of the shipped workflows: two runners, two disks, one bare repository."""

import json
import re
import shutil

from tests.ci.company import Company
from tests.scenarios.test_interrupted import struck
from tests.scenarios.world import World

TIER = "kind: Field\nobject: Lead\nname: Tier\nlabel: Tier\ntype: text\n"
EXPORTS = "exports: {store: .crmgov/exports, retention_days: 30}\n"


def change(company: Company) -> None:
    """A new field, and one removed that holds values."""
    for name in ("sandbox", "production"):
        file = f"environments/{name}.yaml"
        company.ana.write(file, company.ana.read(file) + EXPORTS)
    company.ana.write("config/Tier.yaml", TIER)
    (company.ana.root / "config/Note.yaml").unlink()


def test_from_a_branch_to_production(company: Company) -> None:
    host = company.host
    impostor = {"id": 1, "issue": 1, "user": {"login": "mallory"}, "body": "<!-- crmgov:comment -->\nAll is well"}
    host.save("comments", [impostor])
    change(company)
    ended = company.checked(company.push("change"), ("plan", "comment"))
    assert {job: ran.status for job, ran in ended.items()} == {"plan": 0, "comment": 0}, ended
    first = host.load("comments", [])[1]["body"]
    assert "| sandbox | 1 |" in first
    assert re.search(r"STOP\*\* removes Lead.Note.*sandbox: 3 of 3 .*; production: 5 of 5 ", first)

    company.ana.edit("config/Tier.yaml", "label: Tier", "label: Tier of the customer")
    assert company.checked(company.push("change"), ("plan", "comment"))["comment"].status == 0
    comments = host.load("comments", [])
    assert len(comments) == 2
    assert comments[0] == impostor
    assert comments[1]["body"] != first

    commit = company.squash()
    assert host.workflow("sandbox", {})["apply"].status == 0
    assert "Tier" in company.columns("sandbox")
    assert "Note" not in company.columns("sandbox")
    assert "Note" in company.columns("production")

    refused = company.release()
    assert refused["show"].status == 0
    assert "Lead.Note" in refused["show"].summary
    assert refused["apply"].status == 4
    assert "Note" in company.columns("production")

    released = company.release(allow="data-loss:Lead.Note access-widened")
    assert released["apply"].status == 0, released["apply"].text
    assert "Note" not in company.columns("production")
    assert "Change report for production" in released["apply"].summary

    look = company.look()
    for name in ("sandbox", "production"):
        assert look.plan(name)["core"]["steps"] == []
        assert "the ledger is whole" in look("history", "verify", name).out
    last = look("history", "production", "--format", "json").out
    assert commit in last
    refs = look.git("ls-remote", "origin", "refs/crmgov/ledger/*")
    assert {line.rpartition("/")[2] for line in refs.splitlines()} == {"sandbox", "production"}
    (look.root / "config/Tier.yaml").unlink()
    look.commit("No tier")
    assert look.steps("production") == ["remove Field/Lead.Tier"]


def test_a_plan_that_is_no_longer_what_main_asks_for_is_not_applied(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER)
    company.checked(company.push("tier"), ("plan",))
    company.squash()
    company.straight_to_main(lambda look: look.edit("config/Tier.yaml", "label: Tier", "label: Level"))
    ended = company.release(1)
    assert ended["apply"].status == 4
    assert "changed since the plan was reviewed" in ended["apply"].text
    assert "Tier" not in company.columns("production")


def test_a_plan_from_elsewhere_is_not_applied(company: Company) -> None:
    """A run of a fork may keep whatever it likes under the same name."""
    company.ana.write("config/Tier.yaml", TIER)
    event = company.push("tier", repository="mallory/crm")
    folder = company.host.state / "artifacts" / "1" / "crmgov-plans"
    folder.mkdir(parents=True)
    look = company.look()
    look.write("config/Evil.yaml", TIER.replace("Tier", "Evil"))
    look.commit()
    look.saved("production", name=str(folder / "production.plan"))
    company.checked(event, ("plan", "comment"))
    company.squash()
    ended = company.release()
    assert "apply" not in ended
    assert {"Tier", "Evil"}.isdisjoint(company.columns("production"))


def test_only_what_was_merged_is_released(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER)
    company.push("tier")
    ended = company.release()
    assert ended["show"].status == 1
    assert "apply" not in ended


def test_hazards_that_no_comment_showed_stop_the_sandbox(company: Company) -> None:
    company.straight_to_main(lambda look: (look.root / "config/Note.yaml").unlink())
    ended = company.host.workflow("sandbox", {})
    assert ended["apply"].status == 4
    assert "Note" in company.columns("sandbox")


def test_a_broken_tree_is_told_on_the_lines_and_in_the_comment(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER + "lenght: 3\n")
    ended = company.checked(company.push("broken"))
    assert ended["validate"].status == 1
    assert re.search(r"^::error file=config/Tier.yaml,line=6", ended["validate"].text, re.MULTILINE)
    assert ended["comment"].status == 1
    body = company.host.load("comments", [])[0]["body"]
    assert "**STOP** production: no plan could be made" in body
    assert "config/Tier.yaml:6" in body
    assert "**To merge** mend" in body


def test_a_fork_gets_a_preview_against_the_recorded_snapshot(company: Company) -> None:
    watched = company.host.workflow("watch", {}, only=("look", "snapshot"))
    assert [ran.status for ran in watched.values()] == [0, 0]
    company.ana.write("config/Tier.yaml", TIER)
    event = company.push("fork", repository="mallory/crm")
    away = company.host.crm.rename(company.host.folder / "out-of-reach")
    company.host.crm.mkdir()
    ended = company.checked(event)
    assert set(ended) == {"validate", "preview"}
    assert ended["preview"].status == 0, ended["preview"].text
    assert "PREVIEW against a recorded snapshot" in ended["preview"].summary
    assert "| production | 1 | 0 | 0 |" in ended["preview"].summary
    assert company.host.load("comments", []) == []
    shutil.rmtree(company.host.crm)
    away.rename(company.host.crm)
    plan = next(company.host.folder.glob("disk-*-preview-temp")) / "preview.plan"
    company.look()("apply", plan, status=4)
    assert "Tier" not in company.columns("production")


def test_a_fork_before_the_first_snapshot_is_checked_and_told_that_there_is_no_preview(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER)
    ended = company.checked(company.push("fork", repository="mallory/crm"))
    assert [ran.status for ran in ended.values()] == [0, 0]
    assert "::notice::No snapshot of production is recorded yet" in ended["preview"].text
    assert "no plan could be made" in ended["preview"].summary


def test_where_findings_are_known_only_new_ones_stop_a_merge(company: Company) -> None:
    told = company.ana("validate", "--known", company.ana.root / "known-findings.json")
    assert re.search(r"no new findings; \d+ known", told.out)
    ended = company.checked(company.push("known"))
    assert [ran.status for ran in ended.values()] == [0, 0, 0]
    body = company.host.load("comments", [])[0]["body"]
    assert re.search(r"\*\*Checks\*\* 0 errors, 0 new warnings, \d+ known", body)
    assert "nothing is in the way" in body
    assert "::warning file=known-findings.json::" not in ended["validate"].text
    company.ana.write("config/Tier.yaml", TIER)
    ended = company.checked(company.push("known"))
    assert ended["validate"].status == 1
    body = company.host.load("comments", [])[0]["body"]
    assert re.search(r"\*\*STOP\*\* .*Tier", body)
    assert "**To merge** mend" in body


def test_findings_that_are_mended_are_asked_to_leave_the_file_of_known_ones(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER)
    company.ana("validate", "--known", company.ana.root / "known-findings.json")
    (company.ana.root / "config/Tier.yaml").unlink()
    ended = company.checked(company.push("mended"))
    assert ended["validate"].status == 0
    assert "::warning file=known-findings.json::Known findings are mended" in ended["validate"].text


def test_a_run_that_was_cut_off_is_finished_by_another_runner(company: Company) -> None:
    company.straight_to_main(lambda look: look.write("config/Tier.yaml", TIER))
    dying = company.look()
    assert struck(dying, 4, "apply", "sandbox", "--yes")
    company.host.bring_back(dying.root)
    ended = company.host.workflow("sandbox", {})
    assert ended["apply"].status == 2
    run = re.search(r"\b(\d{8}T\d{6}-[0-9a-f]{6})\b", ended["apply"].text)
    assert run is not None, ended["apply"].text
    ended = company.host.workflow("resume", {}, inputs={"environment": "sandbox", "run": run[1]})
    assert ended["resume"].status == 0, ended["resume"].text
    assert "Tier" in company.columns("sandbox")
    assert company.look().steps("sandbox") == []


def test_a_kept_plan_that_was_exchanged_is_not_applied(company: Company) -> None:
    """Whoever may start a run may keep a plan of their own under the same name; it must be what main asks for."""
    company.ana.write("config/Tier.yaml", TIER)
    company.checked(company.push("tier"), ("plan",))
    company.squash()
    other = company.look()
    other.write("config/Evil.yaml", TIER.replace("Tier", "Evil"))
    other.commit()
    other.saved("production", name=str(company.host.state / "artifacts/1/crmgov-plans/production.plan"))
    assert company.release()["apply"].status == 4
    assert {"Tier", "Evil"}.isdisjoint(company.columns("production"))


def test_what_was_committed_is_not_taken_for_what_a_job_made(company: Company) -> None:
    """Files and links in the tree under the names that the jobs use."""
    company.ana.write("config/Tier.yaml", TIER)
    company.ana.write(".gitignore", ".crmgov/\n")
    (company.ana.root / "now.plan").symlink_to("reviewed/production.plan")
    company.checked(company.push("tier"), ("plan",))
    company.squash()
    company.straight_to_main(lambda look: look.edit("config/Tier.yaml", "label: Tier", "label: Level"))
    assert company.release()["apply"].status == 4
    assert "Tier" not in company.columns("production")

    def hidden(look: World) -> None:
        (look.root / "config/Note.yaml").unlink()
        steps = [{"address": "Field/Lead.Note", "hazards": ["data-loss", "irreversible"]}]
        look.write("reviewed/sandbox.plan", json.dumps({"core": {"steps": steps}}))

    company.straight_to_main(hidden)
    assert company.host.workflow("sandbox", {})["apply"].status == 4
    assert "Note" in company.columns("sandbox")


def test_a_plan_that_was_committed_is_not_shown(company: Company) -> None:
    company.ana.write(".gitignore", ".crmgov/\n")
    company.ana.write("plans/sandbox.txt/in-the-way", "")
    (company.ana.root / "plans/failed").symlink_to("/dev/null")
    company.ana.write("config/Broken.yaml", TIER.replace("Tier", "Broken") + "lenght: 3\n")
    company.look().saved("sandbox", name=str(company.ana.root / "plans/sandbox.plan"))
    ended = company.checked(company.push("forged"), ("plan", "comment"))
    assert ended["comment"].status == 1
    assert "**STOP** sandbox: no plan could be made" in company.host.load("comments", [])[0]["body"]


def test_a_plan_kept_after_the_approval_is_not_applied(company: Company) -> None:
    company.ana.write("config/Tier.yaml", TIER)
    company.checked(company.push("tier"), ("plan",))
    company.squash()
    inputs = {"pull_request": "1", "allow": ""}
    shown = company.host.workflow("production", {}, inputs=inputs, only=("show",))["show"]
    company.straight_to_main(lambda look: look.edit("config/Tier.yaml", "label: Tier", "label: Level"))
    kept = company.host.state / "artifacts/1/crmgov-plans/production.plan"
    company.look().saved("production", name=str(kept))
    needs = {"show": {"outputs": shown.outputs}}
    ended = company.host.workflow("production", {}, inputs=inputs, only=("apply",), needs=needs)
    assert ended["apply"].status == 4
    assert "after the one that was approved" in ended["apply"].text
    assert "Tier" not in company.columns("production")
