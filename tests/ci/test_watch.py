"""What the host does every morning, and on request."""

import json

from tests.ci.company import Company

BY_HAND = 'ALTER TABLE "Lead" ADD COLUMN "Handmade" TEXT'


def test_one_issue_for_each_owner_is_brought_up_to_date_and_closed(company: Company) -> None:
    company.sql("production", 'ALTER TABLE "Lead" DROP COLUMN "Note"')
    assert {ran.status for ran in company.host.workflow("watch", {}).values()} == {0}
    issues = company.host.load("issues", [])
    assert len(issues) == 1
    assert "@acme/sales" in issues[0]["body"]
    assert "Lead.Note" in issues[0]["body"]
    assert "Sales team" in issues[0]["title"]
    company.sql("production", 'ALTER TABLE "Lead" DROP COLUMN "Score"')
    company.host.workflow("watch", {})
    (issue,) = company.host.load("issues", [])
    assert "Lead.Score" in issue["body"]
    company.sql("production", 'ALTER TABLE "Lead" ADD COLUMN "Note" TEXT')
    company.sql("production", 'ALTER TABLE "Lead" ADD COLUMN "Score" INTEGER')
    drift = company.look()("drift", "production", "--format", "json").json["drift"]
    company.host.workflow("watch", {})
    (issue,) = company.host.load("issues", [])
    assert issue["state"] == ("open" if drift else "closed")


def test_a_snapshot_a_day_is_kept_on_a_branch(company: Company) -> None:
    for _ in range(2):
        assert {ran.status for ran in company.host.workflow("watch", {}).values()} == {0}
    look = company.look()
    look.git("fetch", "--quiet", "origin", "refs/heads/crmgov/snapshots")
    assert look.git("rev-list", "--count", "FETCH_HEAD") == "2"
    assert look.git("ls-tree", "--name-only", "FETCH_HEAD") == "production.snapshot"
    recorded = json.loads(look.git("show", "FETCH_HEAD:production.snapshot"))
    assert any("Lead.Region" in str(one) for one in recorded["resources"])


def test_what_was_clicked_together_becomes_a_pull_request(company: Company) -> None:
    company.sql("sandbox", BY_HAND)
    ended = company.host.workflow("pull", {}, inputs={"environment": "sandbox", "only": "Lead"})
    assert ended["pull"].status == 0, ended["pull"].text
    (opened,) = company.host.load("opened", [])
    assert opened["base"] == "main"
    look = company.look()
    look.git("fetch", "--quiet", "origin", f"refs/heads/{opened['head']}")
    assert "Handmade" in look.git("diff", "HEAD...FETCH_HEAD")
    assert look.git("diff", "--name-only", "HEAD...FETCH_HEAD", "--", ".", ":(exclude)config") == ""
    assert "jonas" in look.git("log", "-1", "--format=%an", "FETCH_HEAD")


def test_nothing_to_pull_opens_nothing(company: Company) -> None:
    ended = company.host.workflow("pull", {}, inputs={"environment": "sandbox", "only": "Deal"})
    assert ended["pull"].status == 0, ended["pull"].text
    assert company.host.load("opened", []) == []
