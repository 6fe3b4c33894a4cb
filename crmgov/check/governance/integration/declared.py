"""Rules: an integration says whose it is, what happens when it fails, and how it is built."""

from collections.abc import Iterator

from crmgov.check.governance.integration.maps import listed, maps
from crmgov.check.governance.scene import Scene, spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_WORDS = {"owner": "owner", "on_error": "error path (on_error)", "runs_as": "identity (runs_as)"}
_CUSTOM = {"api": "the vendor's interface", "middleware": "a tool in between", "file": "files"}


def says_whose(scene: Scene) -> Iterator[Diagnostic]:
    """Owner, error path and identity of every integration that runs."""
    for address in maps(scene).running:
        body = scene.tree.body(address)
        by_hand = body.get("mode") == "manual"
        lacking = [
            words
            for key, words in _WORDS.items()
            if not (scene.owner(address) if key == "owner" else body.get(key) or by_hand)
        ]
        if lacking:
            resting = _resting(scene, address)
            message = f"{spoken(address)} names {listed(f'no {one}' for one in lacking)}"
            if resting:
                message += f"; {listed(resting)} {'rests' if len(resting) == 1 else 'rest'} on what it brings in"
            yield scene.finding("SHARED013", message, address)


def _resting(scene: Scene, address: str) -> list[str]:
    """The automations that read what an integration brings in, by name."""
    brought = {(one.object, one.field) for one in maps(scene).of(address) if one.comes}
    return [
        parts(one.address)[2]
        for one in scene.behaviours.values()
        if one.active and brought & (one.reads.keys() | one.starts_on.keys())
    ]


def says_how(scene: Scene) -> Iterator[Diagnostic]:
    """What is not the vendor's own connector is described."""
    for address in maps(scene).running:
        body = scene.tree.body(address)
        mode = str(body.get("mode") or "")
        if mode in _CUSTOM and not body.get("description"):
            message = f"{spoken(address)} goes through {_CUSTOM[mode]}, and nothing describes it"
            yield scene.finding("SHARED018", message, address, ("mode",))
        elif mode == "manual":
            shared = listed(sorted({one.object for one in maps(scene).of(address)})) or "data"
            message = f"{shared} is carried to or from {body.get('system') or spoken(address)} by hand"
            yield scene.finding("SHARED017", message, address, ("mode",))
