"""Rule: things are named as the Governance document says (governance rule 75)."""

import re
from collections.abc import Iterator
from typing import Any

from crmgov.check.governance.made import is_shipped
from crmgov.check.governance.scene import Scene, mapping
from crmgov.check.governance.words import bare, words
from crmgov.check.patterns import Pattern, PatternError
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, brief
from crmgov.model.kinds import KINDS

_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to", "vs",
          "via", "with"}  # fmt: skip
"""Words that stay small in a title."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ALWAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "english", "german",
    "french", "spanish", "american", "european",
)  # fmt: skip
"""Words that begin with a capital letter wherever they stand."""


def naming(scene: Scene) -> Iterator[Diagnostic]:
    """Names and labels that break a convention, and conventions that cannot be applied."""
    proper: set[str] | None = None
    for kind, convention in mapping(scene.governance.get("naming")).items():
        if not isinstance(convention, dict):
            continue
        if kind not in KINDS:
            yield _unusable(scene, kind, (), f"{brief(kind)} is no kind, so its naming convention is never applied")
            continue
        pattern, problem = _pattern(convention)
        if problem:
            yield _unusable(scene, kind, ("pattern",), f"The naming pattern for {kind} {problem}")
        proper = _proper(scene) if proper is None else proper
        for address in scene.own(kind):
            _, parent, name = parts(address)
            if kind != "Field" or not is_shipped(scene.tree, parent or "", name):
                yield from _name(scene, address, name, pattern, convention.get("prefix"))
                yield from _label(scene, address, convention.get("label_case"), proper)


def _unusable(scene: Scene, kind: str, route: tuple[str, ...], message: str) -> Diagnostic:
    address = scene.tree.of_kind("Governance")[0]
    return scene.finding("NAMING003", message, address, ("naming", kind, *route), on_key=not route)


def _pattern(convention: dict[str, Any]) -> tuple[Pattern | None, str]:
    text = convention.get("pattern")
    if not isinstance(text, str):
        return None, ""
    try:
        return Pattern(text), ""
    except PatternError as error:
        return None, str(error)


def _name(scene: Scene, address: str, name: str, pattern: Pattern | None, prefix: object) -> Iterator[Diagnostic]:
    """A name keeps a convention with or without what the vendor puts around it."""
    kind = address.partition("/")[0]
    spellings = (name, bare(name))
    if isinstance(prefix, str) and prefix and not any(one.startswith(prefix) for one in spellings):
        message = f"The name {brief(name)} does not begin with {brief(prefix)}, as those of kind {kind} do here"
        yield scene.finding("NAMING001", message, address, ("name",))
    elif pattern is not None and not any(pattern.found_in(one) for one in spellings):
        message = f"The name {brief(name)} does not fit the pattern for {kind}"
        yield scene.finding("NAMING001", message, address, ("name",), evidence=(f"Pattern: {pattern.text}",))


def _label(scene: Scene, address: str, case: object, proper: set[str]) -> Iterator[Diagnostic]:
    label = scene.tree.body(address).get("label")
    if not isinstance(label, str) or case not in ("title", "sentence"):
        return
    wrong = _not_title(label) if case == "title" else _not_sentence(label, proper)
    if wrong:
        wanted = "as in a title" if case == "title" else "as in a sentence"
        message = f'The label "{brief(label)}" is not capitalised {wanted}: {brief(wrong)}'
        yield scene.finding("NAMING002", message, address, ("label",))


def _not_title(label: str) -> str:
    """The first word that should be a capital one."""
    for index, word in enumerate(_WORD.findall(label)):
        if word.islower() and len(word) > 1 and (index == 0 or word not in _SMALL):
            return str(word)
    return ""


def _not_sentence(label: str, proper: set[str]) -> str:
    """The first word that should be another: small at the beginning, or a capital one later that is no name."""
    found = _WORD.findall(label)
    if found and label.startswith(found[0]) and found[0].islower() and found[0].casefold() not in proper:
        return str(found[0])
    for word in found[1:]:
        if word[0].isupper() and word[1:].islower() and word.casefold() not in proper:
            return str(word)
    return ""


def _proper(scene: Scene) -> set[str]:
    """Words that are names: of systems, objects and people, of days and months."""
    found = set(_ALWAYS)
    for kind, attributes in (("Integration", ("system", "label")), ("External", ("system",)), ("Object", ("label",)),
                             ("Governance", ("crm_owner",))):  # fmt: skip
        for address in scene.tree.of_kind(kind):
            body = scene.tree.body(address)
            for text in (parts(address)[2], *(str(body.get(name) or "") for name in attributes)):
                found.update(word.casefold() for word in _WORD.findall(text))
                found.update(words(text))
    return found
