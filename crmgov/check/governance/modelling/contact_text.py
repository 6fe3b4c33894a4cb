"""Rule: e-mail addresses and phone numbers are kept in fields that know what they hold (governance rule 37)."""

from collections.abc import Iterator

from crmgov.check.governance.made import label_of, passes_on
from crmgov.check.governance.modelling.validated import validated
from crmgov.check.governance.scene import Scene
from crmgov.check.governance.words import bare, words
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_ENDINGS = {
    ("email",): "email", ("email", "address"): "email", ("phone",): "phone", ("phone", "number"): "phone",
    ("mobile", "number"): "phone", ("telephone",): "phone", ("telephone", "number"): "phone",
}  # fmt: skip
_NOT_ONE = {
    "invalid", "bounced", "raw", "original", "imported", "form", "webform", "preferred", "domain", "template", "type",
    "text", "format", "hash", "hashed", "masked", "status", "reason", "no", "not", "send", "sent", "last", "subject",
    "reply", "from", "to", "cc", "bcc", "external", "field", "old", "source", "duplicate", "normalized",
}  # fmt: skip
"""Words that say: not an address to write to, or kept as it came on purpose."""
_CALLED = {"email": "e-mail addresses", "phone": "phone numbers"}


def contact_text(scene: Scene) -> Iterator[Diagnostic]:
    """Plain text fields that hold an e-mail address or a phone number, with no rule that looks at what is typed."""
    checked: dict[tuple[str, str], str] | None = None
    for address, parent, name, body in scene.made:
        if body.get("type") != "text" or passes_on(parent):
            continue
        meant = contact_of(name, body)
        if not meant:
            continue
        checked = validated(scene) if checked is None else checked
        if (parent, name.casefold()) in checked:
            continue
        message = f"{parent}.{name} holds {_CALLED[meant]} as plain text, and no validation looks at it"
        yield scene.finding("MODEL002", message, address, ("type",), hint=f"type {meant} fits")


def contact_of(name: str, body: Body) -> str:
    """What a text field holds by its name and label: ``email``, ``phone``, or empty where they do not say so."""
    meant = _meant(bare(name))
    return meant if _meant(label_of(name, body)) == meant else ""


def _meant(text: str) -> str:
    said = words(text)
    if not _NOT_ONE.isdisjoint(said):
        return ""
    return next((_ENDINGS[said[-size:]] for size in (2, 1) if said[-size:] in _ENDINGS), "")
