"""What a thing of its type needs before it can be made.

Apart from ``problems``: an absent key is not governed, so a document that only adjusts what exists (a vendor's standard
field) may leave it out. To be asked of what is to be added.
"""

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Where
from crmgov.schema import codes
from crmgov.schema.conditions import NEEDS
from crmgov.schema.failure import Subject


def lacking(kind: str, body: Body, where: Where, address: str = "") -> list[Diagnostic]:
    """What is missing for this to be made: a type for a field, and what its type needs."""
    if kind != "Field":
        return []
    subject = Subject(kind, body, where, address)
    if body.get("type") is None:
        told = f"{subject.name} has no type, so it cannot be made"
        return [subject.told(codes.LACKING, told, (), hint="type: text, for example")]
    found = []
    for need in NEEDS:
        names = (need.attribute, *need.instead)
        if need.type == body["type"] and not any(name in body for name in names):
            either = " or ".join(f'"{name}"' for name in names)
            told = f"{subject.name} is a {need.type} field without {either}"
            found.append(subject.told(codes.LACKING, told, ("type",), hint=f"add {either}"))
    return found
