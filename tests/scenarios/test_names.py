"""Environments are named in any case, and mean the same one: its overlays, its ledger, its lock."""

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
