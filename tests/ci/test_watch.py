"""What the host does every morning, and on request."""

from tests.ci.company import Company

RENAME = 'ALTER TABLE "Lead" RENAME COLUMN "{}" TO "{}"'
BY_HAND = 'ALTER TABLE "Lead" ADD COLUMN "Handmade" TEXT'


def test_one_issue_for_each_owner_is_brought_up_to_date_and_closed(company: Company) -> None:
    def watch() -> None:
        assert [ran.status for ran in company.host.workflow("watch", {}, only=("look", "issues")).values()] == [0, 0]

    company.straight_to_main(lambda look: look("validate", "--known", look.root / "known-findings.json"))
    company.sql("production", RENAME.format("Note", "Gone"))
    watch()
    (issue,) = company.host.load("issues", [])
    assert "@acme/sales" in issue["body"]
    assert "Lead.Note" in issue["body"]
    assert issue["title"] == "crmgov: 1 change by hand for Sales team"
    assert list((company.host.state / "artifacts").rglob("crmgov-watch/audit.json"))
    company.sql("production", RENAME.format("Score", "GoneToo"))
    watch()
    (issue,) = company.host.load("issues", [])
    assert "Lead.Score" in issue["body"]
    company.sql("production", RENAME.format("Gone", "Note"))
    company.sql("production", RENAME.format("GoneToo", "Score"))
    watch()
    (issue,) = company.host.load("issues", [])
    assert issue["state"] == "closed"


def test_every_day_a_snapshot_is_added_to_a_branch(company: Company) -> None:
    folder = company.host.state / "artifacts"
    for run, text in enumerate(("one", "two"), 1):
        (folder / str(run) / "crmgov-watch").mkdir(parents=True)
        (folder / str(run) / "crmgov-watch" / "production.snapshot").write_text(text)
        ended = company.host.workflow("watch", {}, only=("snapshot",))
        assert ended["snapshot"].status == 0, ended["snapshot"].text
    look = company.look()
    look.git("fetch", "--quiet", "origin", "refs/heads/crmgov/snapshots")
    assert look.git("rev-list", "--count", "FETCH_HEAD") == "2"
    assert look.git("ls-tree", "--name-only", "FETCH_HEAD") == "production.snapshot"
    assert look.git("show", "FETCH_HEAD:production.snapshot") == "two"


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
