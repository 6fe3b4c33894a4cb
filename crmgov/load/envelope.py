"""The envelope of a document: kind, name, object and version."""

from typing import Any, NamedTuple

from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, Edit, Fix, Where, of
from crmgov.model.kinds import KINDS

API_VERSION = "crmgov/v1"
ENVELOPE = frozenset(("apiVersion", "kind", "name", "object"))
MOST_NAME = 255
"""Characters of a name; the longest any vendor gives is 255 (a Salesforce flow's label)."""


class Head(NamedTuple):
    """What an envelope says; ``kind`` and ``name`` are both set only where the document can be used."""

    kind: str | None
    name: str | None
    parent: str | None
    problems: list[Diagnostic]

    @property
    def address(self) -> str:
        """The address of the document's resource."""
        assert self.kind is not None
        assert self.name is not None
        return address(self.kind, self.name, self.parent)


def head_of(value: Any, top: Where) -> Head:
    """Read a document's envelope; ``top`` is the document's place."""
    problems: list[Diagnostic] = []
    if not isinstance(value, dict):
        what = "a list" if isinstance(value, list) else "a single value"
        return Head(None, None, None, [of("DOC001", f"The document is {what}, not keys with values", at=top)])
    kind = _kind(value, top, problems)
    version = value.get("apiVersion", API_VERSION)
    if version != API_VERSION:
        problems.append(
            of("DOC006", f'apiVersion is "{_short(version)}"', at=_at(top, "apiVersion"), hint=f"write {API_VERSION}")
        )
    name = _name("name", value, top, problems)
    name = name if version == API_VERSION else None
    parent = _name("object", value, top, problems) if "object" in value else None
    if kind is None:
        return Head(None, None, parent, problems)
    wanted = KINDS[kind].parent
    if wanted == "never" and "object" in value:
        told = f"{kind} does not belong to an object"
        edit = Edit(_at(top, "object", on_key=True), "delete")
        fix = Fix("remove object", (edit,))
        problems.append(of("DOC005", told, at=edit.at, hint="remove this line", fix=fix))
        parent = None
    elif wanted == "always" and parent is None:
        if "object" not in value:
            told = f"{kind} {name or ''}".strip() + " does not say which object it belongs to"
            problems.append(of("DOC005", told, at=top, hint="add: object: NAME"))
        name = None
    elif "object" in value and parent is None:
        name = None
    return Head(kind, name, parent, problems)


def _at(top: Where, key: str, *, on_key: bool = False) -> Where:
    return Where(top.file, top.document, (*top.route, key), on_key)


def _kind(value: dict[str, Any], top: Where, problems: list[Diagnostic]) -> str | None:
    kind = value.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return kind
    if "kind" not in value:
        problems.append(of("DOC002", "The document does not say what kind it is", at=top, hint="add: kind: ..."))
    elif not isinstance(kind, str) or not kind:
        told = "kind is not a word" if kind else "kind is empty"
        problems.append(of("DOC002", told, at=_at(top, "kind")))
    else:
        problems.append(_unknown_kind(kind, _at(top, "kind")))
    return None


def _unknown_kind(kind: str, at: Where) -> Diagnostic:
    from crmgov.schema.near import near
    from crmgov.schema.words import kind_word

    known = kind_word(kind[:80])
    if known is not None:
        fix = Fix(f"write {known[1]}", (Edit(at, "set", known[1]),), safe=True)
        told = f'{_short(kind)} is {known[0]}\'s word; the kind is written "{known[1]}"'
        return of("DOC003", told, at=at, hint=f'did you mean "{known[1]}"?', fix=fix)
    close = near(kind[:80], KINDS)
    told = f'There is no kind "{_short(kind)}"'
    if len(close) != 1:
        mend = f"Write one of: {', '.join(KINDS)}."
        return of("DOC003", told, at=at, mend=mend, hint=f"perhaps {' or '.join(close)}" if close else "")
    fix = Fix(f"write {close[0]}", (Edit(at, "set", close[0]),), safe=True)
    return of("DOC003", told, at=at, hint=f'did you mean "{close[0]}"?', fix=fix)


def _name(key: str, value: dict[str, Any], top: Where, problems: list[Diagnostic]) -> str | None:
    name = value.get(key)
    fault = name_fault(name) if key in value else "is missing"
    if not fault:
        return str(name)
    if key not in value:
        problems.append(of("DOC004", "The document has no name", at=top, hint="add: name: ..."))
        return None
    told = f'{key} "{_short(name)}" {fault}' if isinstance(name, str) and name else f"{key} {fault}"
    fix = None
    if isinstance(name, (int, float)) and not isinstance(name, bool):
        fix = Fix(f'write "{name}"', (Edit(_at(top, key), "set", str(name)),), safe=True)
    problems.append(of("DOC004", told, at=_at(top, key), hint=fix.title if fix else "", fix=fix))
    return None


def name_fault(name: object) -> str:
    """Why a value cannot be a name; empty where it can."""
    if not isinstance(name, str):
        return "is empty" if name is None else "is not text"
    if not name:
        return "is empty"
    if len(name) > MOST_NAME:
        return f"has {len(name)} characters, more than {MOST_NAME}"
    if name != name.strip():
        return "begins or ends with a space"
    return "" if name.isprintable() else "holds a line break or another character that cannot be seen"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
