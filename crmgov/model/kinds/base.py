"""What every kind shares, and how an attribute says what it means.

Three values at every attribute: absent (``UNSET``: not governed, the live value stays), ``None`` (governed and empty)
and a value. Every attribute is described with :func:`doc`; schemas, help and references are derived from that.
"""

from typing import Annotated as A
from typing import Any, Literal, TypeVar, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

T = TypeVar("T")
Opt = Union[T, None, UnsetType]  # noqa: UP007 - a generic alias needs the subscript form
"""An attribute that may be absent or null."""


def given(value: T | UnsetType | None, otherwise: T) -> T:
    """The value of an attribute, or what stands for it where it is absent or null."""
    return otherwise if value is None or isinstance(value, UnsetType) else value


Scalar = str | int | float | bool
Json = Any


def doc(
    title: str,
    description: str,
    *,
    ref: str = "",
    ordered: bool = False,
    local: bool = False,
    secret: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    pattern: str | None = None,
) -> Meta:
    """Describe an attribute: its title, its meaning, and what the engine must know of it.

    ``ref`` names what a text refers to (see ``references``); ``ordered`` marks a list whose order has meaning;
    ``local`` marks what crmgov itself uses and a provider need not store; ``secret`` marks a path whose value never
    leaves the repository.
    """
    extra: dict[str, object] = {
        "ref": ref, "ordered": ordered, "local": local, "secret": secret,
        "minimum": minimum, "maximum": maximum, "pattern": pattern,
    }  # fmt: skip
    kept = {key: value for key, value in extra.items() if value is not None and value != "" and value is not False}
    return Meta(title=title, description=description, extra=kept)


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A named or unnamed part of a resource."""


class Status(Part, frozen=True, kw_only=True):
    """Where a resource stands between being used and being gone."""

    status: A[Literal["active", "hidden", "deprecated", "retired", "released"], doc("Status", "Whether it is in use, in use by few and meant to stand on no layout, on its way out, out of use, or no longer governed here (released: the live thing stays).")]  # fmt: skip
    since: A[Opt[str], doc("Since", "Date of the status, YYYY-MM-DD.", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = UNSET
    remove_after: A[Opt[str], doc("Remove after", "Earliest date of removal, YYYY-MM-DD.", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = UNSET  # fmt: skip
    replaced_by: A[Opt[str], doc("Replaced by", "Name of what takes its place.")] = UNSET
    reason: A[Opt[str], doc("Reason", "Why it goes.")] = UNSET


class Spec(Part, frozen=True, kw_only=True):
    """The attributes that every kind has."""

    label: A[Opt[str], doc("Label", "The name people see.")] = UNSET
    description: A[Opt[str], doc("Description", "What it is for, in a sentence an admin understands.")] = UNSET
    owner: A[Opt[str], doc("Owner", "The person or team that answers for it.", local=True)] = UNSET
    tags: A[Opt[list[str]], doc("Tags", "Free words to select by.", local=True)] = UNSET
    protect: A[Opt[list[Literal["remove", "type", "access"]]], doc("Protect", "Changes that are an error until this line was removed in an earlier merge.", local=True)] = UNSET  # fmt: skip
    lifecycle: A[Opt[Status], doc("Lifecycle", "Whether it is in use or on its way out.", local=True)] = UNSET
    renamed_from: A[Opt[list[str]], doc("Renamed from", "Names it had before, so that a rename keeps its records.", ordered=True, local=True)] = UNSET  # fmt: skip
    native: A[Opt[dict[str, dict[str, Json]]], doc("Native", "Attributes of one vendor outside the portable model, by provider.")] = UNSET  # fmt: skip
    complete: A[Opt[bool], doc("Complete", "Whether the lists written here are exact: a live element that is not listed is to be removed.", local=True)] = UNSET  # fmt: skip
