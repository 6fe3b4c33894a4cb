"""A plan that breaks a policy is shown, saved, and refused: status 4, and nothing is applied."""

from tests.scenarios.world import World

KEEP = """\
kind: Policy
name: FieldsStay
description: A field that goes takes its values along.
forbid: {kind: [Field], action: [remove], environment: [sandbox]}
help: Take it off the layouts first.
"""
FEW = "kind: Policy\nname: Few\nlimit: {select: {kind: [Field], action: [add]}, at_most: 1}\n"
NEW = "kind: Field\nobject: Lead\nname: {0}\nlabel: {0}\ntype: text\nlength: 80\n"


def test_a_forbidden_change_is_refused_when_planned_and_when_applied(world: World) -> None:
    world.write("config/policies/FieldsStay.yaml", KEEP)
    world.commit()
    world.apply()
    (world.root / "config/Note.yaml").unlink()
    world.commit()
    before = world.state()
    plan = world.saved(status=4)
    shown = world("plan", "sandbox", status=4).err
    assert "error POLICY102  Field/Lead.Note: no plan for sandbox may remove it (FieldsStay)" in shown
    assert "Why:  A field that goes takes its values along." in shown
    assert "Mend: Take it off the layouts first." in shown
    assert "Policy at config/policies/FieldsStay.yaml:1:1" in shown
    assert "APPLY018" in world("apply", plan, "--allow", "data-loss", status=4).err
    assert "POLICY102" in world("apply", "sandbox", "--yes", "--allow", "data-loss", status=4).err
    assert world.state()[0] == before[0]


def test_the_same_change_is_free_where_the_policy_does_not_speak_of_it(world: World) -> None:
    world.write("config/policies/FieldsStay.yaml", KEEP.replace("[sandbox]", "[production]"))
    world.commit()
    (world.root / "config/Note.yaml").unlink()
    world.commit()
    assert world.steps() == ["remove Field/Lead.Note"]


def test_an_overlay_may_ease_a_policy_for_one_environment(world: World) -> None:
    world.write("config/policies/Few.yaml", FEW)
    for name in ("One", "Two"):
        world.write(f"config/{name}.yaml", NEW.format(name))
    world.commit()
    assert "POLICY103  2 such changes, and a plan may hold 1 (Few)" in world("plan", "sandbox", status=4).err
    text = world.read("environments/sandbox.yaml")
    world.write(
        "environments/sandbox.yaml", f"{text}overlays:\n  - {{address: Policy/Few, set: {{severity: warning}}}}\n"
    )
    world.commit()
    ended = world("plan", "sandbox")
    assert "warning POLICY103" in ended.err
    assert world("apply", "sandbox", "--yes").status == 0


def test_a_policy_that_cannot_be_asked_is_told_by_validate_and_refuses_plans(world: World) -> None:
    world.write("config/policies/Few.yaml", FEW.replace("kind: [Field]", "name: '(a'"))
    world.commit()
    told = world("validate", status=1).out
    assert "config/policies/Few.yaml:3:24  error POLICY104  Few: (a is no regular expression" in told
    assert "POLICY104" in world("plan", "sandbox", status=4).err
