"""Kinds Integration, External and Setting: what stands around the CRM."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Scalar, Spec, doc


class Mapping(Part, frozen=True, kw_only=True):
    """A field shared with another system."""

    name: A[str, doc("Name", "The mapping.")]
    ours: A[str, doc("Ours", "Our field, as Object.Field.", ref="ObjectField")]
    theirs: A[str, doc("Theirs", "The other system's field.")]
    direction: A[Literal["in", "out", "both"], doc("Direction", "Which way values flow, seen from the CRM.")]
    truth: A[Opt[Literal["crm", "system"]], doc("Source of truth", "Whose value is right.")] = UNSET
    on_conflict: A[Opt[Literal["truth", "newest", "keep", "ask"]], doc("On conflict", "What happens when both changed.")] = UNSET  # fmt: skip
    values: A[Opt[dict[str, str]], doc("Values", "For each of our values that is spelt otherwise there: its spelling.")] = UNSET  # fmt: skip


class Integration(Spec, frozen=True, kw_only=True):
    """A system that shares data with the CRM, a spreadsheet included."""

    system: A[Opt[str], doc("System", "The other system: Mailchimp, Zendesk, billing, Zapier, a spreadsheet.")] = UNSET
    mode: A[Opt[Literal["native", "api", "middleware", "file", "manual"]], doc("Mode", "How data flows.")] = UNSET
    runs_as: A[Opt[str], doc("Runs as", "The permission set of its user.", ref="PermissionSet")] = UNSET
    cadence: A[Opt[Literal["realtime", "hourly", "daily", "weekly", "monthly", "on_demand"]], doc("Cadence", "How often it runs.")] = UNSET  # fmt: skip
    max_lag_hours: A[Opt[float], doc("Max lag", "Hours the two may differ.", minimum=0)] = UNSET
    on_error: A[Opt[str], doc("On error", "Who is told, and what then.")] = UNSET
    active: A[Opt[bool], doc("Active", "Whether it runs.")] = UNSET
    mappings: A[Opt[list[Mapping]], doc("Mappings", "The fields shared.")] = UNSET


class External(Spec, frozen=True, kw_only=True):
    """Something named here but governed elsewhere."""

    type: A[Opt[Literal["template", "report", "dashboard", "package", "user", "app", "object", "field", "other"]], doc("Type", "What it is.")] = UNSET  # fmt: skip
    system: A[Opt[str], doc("System", "Where it lives.")] = UNSET
    reads: A[Opt[list[str]], doc("Reads", "The fields it reads, as Object.Field.", ref="ObjectField")] = UNSET
    reviewed: A[Opt[str], doc("Reviewed", "Date it was last looked through, YYYY-MM-DD.", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = UNSET  # fmt: skip


class Setting(Spec, frozen=True, kw_only=True):
    """Org-wide switches of one area."""

    values: A[Opt[dict[str, Scalar | None]], doc("Values", "The switches, by the vendor's own name.")] = UNSET
