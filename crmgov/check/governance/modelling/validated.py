"""Which fields validations look at."""

from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.references import references


def validated(scene: Scene) -> dict[tuple[str, str], str]:
    """By object and field name in small letters: the address of an active validation that reads the field."""
    found: dict[tuple[str, str], str] = {}
    for address in scene.tree.of_kind("Validation"):
        body, parent = scene.tree.body(address), parts(address)[1] or ""
        if body.get("active") is False:
            continue
        read = [one.name for one in references("Validation", body, parent) if one.kind == "FieldPath"]
        if isinstance(body.get("formula"), str):
            read += scene.session.formula(body["formula"]).fields
        for name in read:
            if "." not in name:
                found.setdefault((parent, name.casefold()), address)
    return found
