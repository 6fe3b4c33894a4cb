"""The one type in which every problem is told, and the catalogue of codes behind ``explain``."""

from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

Route = tuple[str, ...]
"""Keys from the top of a document down to a value; elements of named collections go by their key."""


class Where(msgspec.Struct, frozen=True, tag="where"):
    """A place not yet resolved to a line: file (relative to the root), document in it, route of keys.

    ``on_key`` points at the key itself rather than its value. Routes that end below what the file holds are resolved
    to the nearest place above.
    """

    file: str
    document: int = 0
    route: Route = ()
    on_key: bool = False


class Place(msgspec.Struct, frozen=True, tag="place"):
    """A place in a file; lines and columns count from 1, 0 means unknown. Columns count characters."""

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


class Related(msgspec.Struct, frozen=True):
    """Another place that belongs to a diagnostic, with what it is: ``Defined at``."""

    label: str
    at: Where | Place


class Edit(msgspec.Struct, frozen=True):
    """One edit of a YAML document: rename the key at ``at``, set or insert the value there, or delete it. ``put`` is to
    set it where maps on the way to it may be missing, which come along.

    A value set under a key that a named collection does not hold yet, and that goes by this key, is put at its end; so
    is an element without a name, set under the number that is next.
    """

    at: Where
    action: Literal["rename_key", "set", "put", "delete"]
    value: object = None


class Fix(msgspec.Struct, frozen=True):
    """How a diagnostic can be mended by machine. Only safe fixes are applied by ``validate --fix``."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One problem, told so that its reader can act.

    ``message`` names the thing at fault; the fixed ``summary`` of a code stands in the catalogue. ``detail`` says why
    it matters, ``mend`` how to mend it, ``hint`` what stands under the caret. ``policy`` is the address of the policy
    that was not kept, where the finding is of one. ``amount`` is how much there is of what a budget limits: more of it
    is worse.
    """

    code: str
    message: str
    severity: Severity = "error"
    detail: str = ""
    mend: str = ""
    hint: str = ""
    at: Where | Place | None = None
    related: tuple[Related, ...] = ()
    address: str = ""
    evidence: tuple[str, ...] = ()
    fix: Fix | None = None
    policy: str = ""
    amount: int | None = None


class CodeInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What ``explain CODE`` tells: fixed words, free of the user's names."""

    code: str
    summary: str
    why: str
    mend: str
    example: str = ""
    severity: Severity = "error"


CATALOGUE: dict[str, CodeInfo] = {}
"""All codes known to this process; packages add theirs when imported."""


def declare(*infos: CodeInfo) -> None:
    """Add codes to the catalogue; a code declared twice with other words is a programming error."""
    for info in infos:
        if CATALOGUE.setdefault(info.code, info) != info:
            raise ValueError(f"code {info.code} is declared twice")


def of(code: str, message: str, *, at: Where | Place | None = None, address: str = "", detail: str = "", mend: str = "",
       hint: str = "", related: tuple[Related, ...] = (), fix: Fix | None = None,
       severity: Severity | None = None, evidence: tuple[str, ...] = (), policy: str = "",
       amount: int | None = None) -> Diagnostic:  # fmt: skip
    """A diagnostic with its catalogue entry's severity, reason and remedy unless others are given."""
    info = CATALOGUE[code]
    return Diagnostic(
        code=code, message=message, severity=severity or info.severity, detail=detail or info.why,
        mend=mend or info.mend, hint=hint, at=at, related=related, address=address, evidence=evidence, fix=fix,
        policy=policy, amount=amount,
    )  # fmt: skip


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(item.severity == "error" for item in diagnostics)


def brief(text: str, most: int = 120) -> str:
    """A text from outside as a message names it: its beginning, where it is longer than anybody reads."""
    return text if len(text) <= most else f"{text[:most]}... ({len(text):,} characters)"
