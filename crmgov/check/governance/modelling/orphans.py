"""Rule: a contact belongs to a company, and a deal to a company or a contact."""

from collections.abc import Iterator

from crmgov.check.governance.automation.blanks import Blanks
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.paths import LOOKUPS
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

_COMPANY = ("account", "company")
_PERSON = "contact"


def orphans(scene: Scene) -> Iterator[Diagnostic]:
    """Contacts and deals of which every lookup to whom they belong may be blank.

    A vendor's files do not hold such lookups of its own objects in full: they are asked only under a Governance
    document.
    """
    if scene.files and not scene.governance:
        return
    deals = set(_deals(scene))
    owners: dict[str, list[str]] = {}
    for made in scene.tree.of_kind("Field"):
        parent = parts(made)[1] or ""
        person = parent.casefold() == _PERSON
        facts = scene.tree.own(made) if person or parent in deals else None
        if facts is not None and facts.type in LOOKUPS and facts.references and not scene.retired(made):
            targets = {name.casefold() for name in facts.references}
            if targets & ({*_COMPANY} if person else {*_COMPANY, _PERSON}):
                owners.setdefault(parent, []).append(made)
    blanks = Blanks(scene)
    for parent, lookups in owners.items():
        names = [parts(address)[2] for address in lookups]
        if all(blanks.may((parent, name)) for name in names):
            which = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
            message = f"{parent} may belong to nobody: {which} may be blank"
            yield scene.finding("MODEL013", message, lookups[0])


def _deals(scene: Scene) -> Iterator[str]:
    """Objects whose stages can be won."""
    for address in scene.tree.of_kind("Pipeline"):
        listing = scene.session.listings.stage_set_of(address)
        stages = rows(scene.tree.body(listing).get("stages")) if listing else []
        if any(stage.get("outcome") == "won" for stage in stages):
            yield parts(address)[1] or ""
