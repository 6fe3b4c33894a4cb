"""Fields that hold e-mail addresses, telephone numbers or addresses of web pages, by type or by name."""

from collections.abc import Iterator
from typing import Literal

from crmgov.audit.population import blanks_of
from crmgov.audit.scene import AuditScene
from crmgov.check.governance.made import Made, passes_on
from crmgov.check.governance.modelling.contact_text import contact_of
from crmgov.model.canonical import Body
from crmgov.model.figures import Figure

Sort = Literal["email", "phone", "url"]


def contact_fields(scene: AuditScene, sort: Sort) -> Iterator[Made]:
    """The fields of one sort whose records are held. An object that takes values over as they come is left out."""
    for made in scene.fields:
        _, parent, name, body = made
        if scene.holds(parent, name) and not passes_on(parent) and sort_of(name, body) == sort:
            yield made


def sort_of(name: str, body: Body) -> str:
    """What a field holds: its type, or of a plain text what its name says; empty where that is nothing of the sort."""
    type_ = str(body.get("type"))
    return contact_of(name, body) if type_ == "text" else type_ if type_ in ("email", "phone", "url") else ""


def filled(scene: AuditScene, made: Made, where: bytes = b"") -> Figure:
    """Records with something that is no placeholder in a field."""
    return Figure(metric="filled", field=made[2], blanks=blanks_of(scene, made[3]), where=where)


def fitting(scene: AuditScene, made: Made, pattern: str, where: bytes = b"") -> Figure:
    """Of these, the records whose value matches a pattern."""
    return Figure(metric="fitting", field=made[2], blanks=blanks_of(scene, made[3]), pattern=pattern, where=where)


def exact(scene: AuditScene, parent: str, figure: Figure) -> int | None:
    """A count that was measured; None where it is an estimate or nothing."""
    evidence = scene.answer(parent, figure).evidence
    return evidence.count if evidence.exactness == "value" else None
