"""Rules: every shared field has one side that is right, and values flow away from it."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import Shared, about_field, listed, maps, returns
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic


def one_truth(scene: Scene) -> Iterator[Diagnostic]:
    """A field written by several systems is right in one of them at most."""
    for ours, sharing in maps(scene).by_field.items():
        writers = [one for one in sharing if one.comes and one.on_conflict != "keep"]
        right = _by_source([one for one in writers if one.truth == "system"])
        silent = [one for one in writers if not one.truth and one.direction == "in"]
        if len(right) > 1:
            last = right[-1]
            message = f"{ours} is written by {listed(one.spelt for one in right)}, and each counts as right"
            yield about_field(scene, "SHARED001", message, last, key="truth", beside=right[:-1])
        elif silent and len(_by_source(writers)) > 1:
            others = [one for one in writers if one is not silent[0]]
            message = (
                f"{ours} is written by {listed(one.spelt for one in writers)}, "
                f"and the map of {silent[0].spelt} does not say whose value is right"
            )
            yield about_field(scene, "SHARED001", message, silent[0], key="ours", beside=others)


def _by_source(sharing: list[Shared]) -> list[Shared]:
    """One for each field of another system: two ways to the same field are no disagreement."""
    return list({one.there: one for one in reversed(sharing)}.values())[::-1]


def both_ways(scene: Scene) -> Iterator[Diagnostic]:
    """A field that flows both ways says whose value is right, and what happens when both changed."""
    for one in maps(scene).shared:
        lacking = [words for value, words in ((one.truth, "truth"), (one.on_conflict, "on_conflict")) if not value]
        if one.direction == "both" and lacking:
            message = f"{one.ours} flows both ways with {one.spelt}, but the map states no {' and no '.join(lacking)}"
            yield scene.finding("SHARED002", message, one.integration, (*one.route, "direction"))


def towards_truth(scene: Scene) -> Iterator[Diagnostic]:
    """Values flow away from the side that is right, not only towards it."""
    whole = maps(scene)
    for one in whole.shared:
        if one.direction == "out" and one.truth == "system" and not returns(whole, one, "in"):
            message = f"{one.ours} is right in {one.spelt}, but is only sent there; nothing brings it in"
            yield scene.finding("SHARED003", message, one.integration, (*one.route, "direction"))
        overwrites = one.direction == "in" and one.truth == "crm" and one.on_conflict in ("", "newest")
        if overwrites and not returns(whole, one, "out"):
            message = f"{one.ours} is right here, but {one.spelt} writes it and is never told our value"
            yield scene.finding("SHARED003", message, one.integration, (*one.route, "direction"))
