"""The way back: an ordinary change to a state that was recorded restores the configuration."""

import shutil

import msgspec

from tests.scenarios.test_pull import ALLOW
from tests.scenarios.world import World, with_records

CHANGES = {
    "config/One.yaml": "kind: Field\nobject: Lead\nname: One\nlabel: One\ntype: integer\nrequired: false\n",
    "config/Source.yaml": "kind: Picklist\nname: Source\nvalues: [{name: Web}, {name: Fair}]\nrestricted: true\n",
    "config/Manager.yaml": "kind: Role\nname: Manager\nlabel: Manager\n",
}


def test_back_to_a_recorded_state_by_the_commit_that_made_it(world: World) -> None:
    with_records(world)
    then = world.root / "then.snapshot"
    world("show", "sandbox", "--output", then)
    before = world.resources()
    for path, text in CHANGES.items():
        world.write(path, text)
    world.edit("config/Sales.yaml", "create: true", "delete: true")
    world.edit("config/Deal.yaml", "scale: 2", "scale: 3")
    world.edit("config/Region.yaml", "South}", "South}\n  - {name: East, label: East}")
    (world.root / "config/Note.yaml").unlink()
    world.commit("Forward")
    world.apply("sandbox", *ALLOW)
    assert world.resources() != before
    assert world("diff", "sandbox", then, "--exit-code", status=3).out

    world.git("revert", "--no-edit", "--no-commit", "HEAD")
    world.commit("Back")
    world.apply("sandbox", *ALLOW)
    assert world.resources() == before
    world("diff", "sandbox", then, "--exit-code")


def test_back_to_a_recorded_state_pulled_from_the_recording(world: World) -> None:
    then = world.root / "then.snapshot"
    world("show", "sandbox", "--output", then)
    before = world.resources()
    for path, text in CHANGES.items():
        world.write(path, text)
    world.commit("Forward")
    world.apply("sandbox", *ALLOW)
    shutil.rmtree(world.root / "config")
    world("pull", then)
    world.commit("As it was then")
    world.apply("sandbox", *ALLOW)
    assert world.resources() == before


def test_a_preview_says_what_an_apply_would_have_done_then(world: World) -> None:
    then = world.root / "then.snapshot"
    world("show", "production", "--output", then)
    preview = world.plan("production", "--snapshot", str(then))
    real = world.plan("production")
    assert preview["context"]["preview"] is True
    assert [step["address"] for step in preview["core"]["steps"]] == [step["address"] for step in real["core"]["steps"]]
    for form in ("human", "markdown", "html"):
        assert "cannot be applied" in world("plan", "production", "--snapshot", then, "--format", form).out


def test_equal_inputs_give_an_equal_core(world: World) -> None:
    for path, text in CHANGES.items():
        world.write(path, text)
    world.commit("Forward")
    one = msgspec.json.decode(world.saved(name="one.plan").read_bytes())
    other = msgspec.json.decode(world.saved(name="two.plan").read_bytes())
    assert one["core"] == other["core"]
    assert one["plan_digest"] == other["plan_digest"]
