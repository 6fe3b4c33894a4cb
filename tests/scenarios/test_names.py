"""Environments are named in any case, and mean the same one: its overlays, its ledger, its lock."""

import pytest

from tests.scenarios.world import World


def test_an_environment_named_in_other_capitals_is_the_same_one(world: World) -> None:
    world.edit("config/Note.yaml", "label: Note", "label: Remark")
    plan = world.plan("SANDBOX")
    assert plan["core"]["environment"] == "sandbox"
    assert plan == {**world.plan(), "context": plan["context"], "file_digest": plan["file_digest"]}
    world("apply", "Sandbox", "--yes")
    world.settled()
    assert world("history", "SANDBOX").out == world("history", "sandbox").out
    assert world("history", "verify", "SANDBOX").out.startswith("sandbox: ")
    assert "sandbox" in world("env", "init", "Sandbox", "--kind", "sandbox").out


def test_a_file_of_an_environments_name_does_not_answer_for_its_user(world: World) -> None:
    world.edit("config/Note.yaml", "label: Note", "label: Remark")
    world.write("sandbox", "")
    before = world.state()
    world("apply", "sandbox", status=2, typed="n\n")
    assert world.state() == before


@pytest.mark.parametrize(
    "line",
    [
        "ledger: postgresql://ana:hunter2@127.0.0.1:1/l",
        "ledger: postgresql://ana:x@hunter2@127.0.0.1/l",
        "ledger: postgresql://ana:hunter2@127.0.0.1:port/l",
        "ledger: mysql://ana:hunter2@127.0.0.1/l",
        "connection: {url: 'postgresql://ana:hunter2@127.0.0.1:1/l'}",
        "connection: {url: 'postgresql://ana:x@hunter2@127.0.0.1/l'}",
        "connection: {url: 'postgresql://ana:hunter2@127.0.0.1:port/l'}",
        "connection: {url: 'mysql://ana:hunter2@127.0.0.1/l'}",
    ],
)
def test_no_command_repeats_a_password(world: World, line: str) -> None:
    key = line.partition(":")[0]
    kept = [row for row in world.read("environments/sandbox.yaml").splitlines() if not row.startswith(key)]
    world.write("environments/sandbox.yaml", "\n".join([*kept, line, ""]))
    for words in (
        ("validate", "--format", "json"), ("validate",), ("show", "Environment/sandbox"), ("plan", "sandbox"),
        ("show", "Environment/sandbox", "--format", "json"), ("history", "sandbox"), ("env",), ("apply", "sandbox"),
        ("env", "init", "sandbox", "--kind", "sandbox"), ("drift", "sandbox"), ("diff", "sandbox"),
        ("show", "sandbox"), ("pull", "sandbox"),
    ):  # fmt: skip
        ended = world(*words, status=None)
        assert "hunter2" not in ended.out + ended.err, words
    if "//" in line:
        assert "SECRET002" in world("validate", status=1).out


@pytest.mark.parametrize("url", ["${DATABASE_URL}", "postgresql://h:${PORT}/db", "${KIND}://${HOST}/${NAME}"])
def test_a_connection_of_variables_is_validated_without_them(world: World, url: str) -> None:
    world.edit("environments/sandbox.yaml", "sqlite:///.crmgov/sandbox.db", url)
    assert " error " not in world("validate").out
    assert "is not set" in world("plan", "sandbox", status=2).err


def test_a_connection_that_cannot_be_used_hides_no_other_mistake(world: World) -> None:
    world.edit("environments/sandbox.yaml", "sqlite:///.crmgov/sandbox.db", "sqlite:///../sandbox.db")
    world.edit("config/Note.yaml", "type: text", "type: tect")
    told = world("validate", status=1).out
    assert "environments/sandbox.yaml:4" in told
    assert "SQL001" in told
    assert "config/Note.yaml:5" in told
