"""Kinds Governance and Policy: how the repository itself is governed."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Json, Opt, Part, Scalar, Spec, doc


class Area(Part, frozen=True, kw_only=True):
    """A part of the configuration with an owner of its own."""

    owner: A[str, doc("Owner", "The person or team that answers for it.")]
    handle: A[Opt[str], doc("Handle", "The owner's handle at the git host, such as @acme/revops.")] = UNSET
    paths: A[Opt[list[str]], doc("Paths", "Files of the area, as gitignore patterns.")] = UNSET
    kinds: A[Opt[list[str]], doc("Kinds", "Kinds of the area.")] = UNSET
    objects: A[Opt[list[str]], doc("Objects", "Objects of the area.", ref="Object")] = UNSET


class Naming(Part, frozen=True, kw_only=True):
    """How things of one kind are named."""

    pattern: A[Opt[str], doc("Pattern", "A regular expression the name must match.")] = UNSET
    prefix: A[Opt[str], doc("Prefix", "What the name begins with.")] = UNSET
    label_case: A[Opt[Literal["title", "sentence", "any"]], doc("Label case", "How labels are capitalised.")] = UNSET


class Severities(Part, frozen=True, kw_only=True):
    """Another severity for a code, everywhere or where the other keys match."""

    code: A[str, doc("Code", "The code of a finding, a prefix of it, or a policy as Policy/Name.")]
    severity: A[Literal["error", "warning", "note", "off"], doc("Severity", "Its severity there.")]
    path: A[Opt[str], doc("Path", "Files, as a gitignore pattern.")] = UNSET
    kind: A[Opt[str], doc("Kind", "A kind.")] = UNSET
    owner: A[Opt[str], doc("Owner", "Things of this owner.")] = UNSET
    address: A[Opt[str], doc("Address", "Addresses, with * for any text.")] = UNSET


class Waiver(Part, frozen=True, kw_only=True):
    """Findings that somebody accepts for a time, and answers for."""

    code: A[str, doc("Code", "The code of the findings, or a policy as Policy/Name.", pattern=r"\S")]
    address: A[str, doc("Address", "The address they are found at, with * for any text.", pattern=r"\S")]
    owner: A[str, doc("Owner", "The person or team that accepts them.", pattern=r"\S")]
    reason: A[str, doc("Reason", "Why they are accepted.", pattern=r"\S")]
    expires: A[str, doc("Expires", "The last day on which it holds, YYYY-MM-DD.", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]  # fmt: skip
    evidence: A[Opt[str], doc("Evidence", "The number that justified it, and where it is from.")] = UNSET


class Cadence(Part, frozen=True, kw_only=True):
    """Something that must be done again and again."""

    every_days: A[int, doc("Every days", "The most days between two times.", minimum=1)]
    last: A[Opt[str], doc("Last", "Date it was last done, YYYY-MM-DD.", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = UNSET  # fmt: skip
    owner: A[Opt[str], doc("Owner", "Who does it.")] = UNSET


class Thresholds(Part, frozen=True, kw_only=True):
    """What an audit judges by, where it is not what is shipped."""

    minimum_records: A[Opt[int], doc("Minimum records", "Records below which a share says nothing of a field.", minimum=1)] = UNSET  # fmt: skip
    young_days: A[Opt[int], doc("Young days", "Days a field is too new to be judged.", minimum=0, maximum=36500)] = (
        UNSET
    )
    recent_days: A[Opt[int], doc("Recent days", "Days that recent reaches back.", minimum=1, maximum=36500)] = UNSET
    rare_percent: A[Opt[float], doc("Rare percent", "Share of records filled below which a field may be hidden.", minimum=0, maximum=100)] = UNSET  # fmt: skip
    dead_percent: A[Opt[float], doc("Dead percent", "Share filled below which a field may go.", minimum=0, maximum=100)] = UNSET  # fmt: skip
    silent_percent: A[Opt[float], doc("Silent percent", "Share of the records in an automation's scope that it may pass by, or a route leave to whoever takes the rest.", minimum=0, maximum=100)] = UNSET  # fmt: skip
    few_values: A[Opt[int], doc("Few values", "Different values up to which they are looked at one by one.", minimum=1, maximum=10000)] = UNSET  # fmt: skip
    deprecation_days: A[Opt[int], doc("Deprecation days", "Days between deprecating a field and its removal.", minimum=0, maximum=36500)] = UNSET  # fmt: skip
    golden_percent: A[Opt[float], doc("Golden percent", "Share of records with all must-haves below which an object is told.", minimum=0, maximum=100)] = UNSET  # fmt: skip
    idle_days: A[Opt[int], doc("Idle days", "Days without activity after which an open record is forgotten.", minimum=1, maximum=36500)] = UNSET  # fmt: skip
    stale_days: A[Opt[int], doc("Stale days", "Days after which what was verified has to be verified again.", minimum=1, maximum=36500)] = UNSET  # fmt: skip
    stale_percent: A[Opt[float], doc("Stale percent", "Share of records not verified for so long above which it is told.", minimum=0, maximum=100)] = UNSET  # fmt: skip
    login_days: A[Opt[int], doc("Login days", "Days without login after which an active user is told.", minimum=1, maximum=36500)] = UNSET  # fmt: skip
    placeholders: A[Opt[list[str]], doc("Placeholders", "Texts that say as little as nothing, in place of those that are shipped.")] = UNSET  # fmt: skip
    looked_at: A[Opt[list[str]], doc("Looked at", "Places that somebody looked through by hand for uses of fields, such as private reports.")] = UNSET  # fmt: skip


class Governance(Spec, frozen=True, kw_only=True):
    """How this repository is governed. One per repository."""

    crm_owner: A[Opt[str], doc("CRM owner", "The person who answers for the CRM as a whole.")] = UNSET
    areas: A[Opt[dict[str, Area]], doc("Areas", "Parts with owners of their own, by name.")] = UNSET
    naming: A[Opt[dict[str, Naming]], doc("Naming", "Naming conventions, by kind.")] = UNSET
    budgets: A[Opt[dict[str, int]], doc("Budgets", "Limits on complexity, by name.")] = UNSET
    severities: A[Opt[list[Severities]], doc("Severities", "Severities other than the shipped ones; the last match counts.", ordered=True)] = UNSET  # fmt: skip
    waivers: A[Opt[list[Waiver]], doc("Waivers", "Findings that are accepted, by whom, why, and until when.")] = UNSET
    audit: A[Opt[Thresholds], doc("Audit", "What an audit judges by.")] = UNSET
    cadences: A[Opt[dict[str, Cadence]], doc("Cadences", "What must be done regularly, by name.")] = UNSET


class Select(Part, frozen=True, kw_only=True):
    """Which resources or changes a policy looks at; all keys given must match."""

    kind: A[Opt[list[str]], doc("Kind", "Kinds.")] = UNSET
    object: A[Opt[list[str]], doc("Object", "Objects.", ref="Object")] = UNSET
    name: A[Opt[str], doc("Name", "A regular expression on the name.")] = UNSET
    tags: A[Opt[list[str]], doc("Tags", "Any of these tags.")] = UNSET
    owner: A[Opt[str], doc("Owner", "The owner.")] = UNSET
    where: A[Opt[dict[str, Scalar | list[Scalar] | None]], doc("Where", "Attributes and the value, or values, they have.")] = UNSET  # fmt: skip
    action: A[Opt[list[Literal["add", "remove", "modify", "rename", "replace"]]], doc("Action", "Over plans: changes of these sorts.")] = UNSET  # fmt: skip
    hazard: A[Opt[list[str]], doc("Hazard", "Over plans: changes with these hazards.")] = UNSET
    environment: A[Opt[list[str]], doc("Environment", "Over plans: these environments.")] = UNSET


class Require(Part, frozen=True, kw_only=True):
    """What must be true of an attribute."""

    attribute: A[str, doc("Attribute", "The attribute, inner ones after a point.")]
    present: A[Opt[bool], doc("Present", "Whether it must have a value.")] = UNSET
    equals: A[Opt[Scalar], doc("Equals", "The value it must have.")] = UNSET
    one_of: A[Opt[list[Scalar]], doc("One of", "The values it may have.")] = UNSET
    matches: A[Opt[str], doc("Matches", "A regular expression it must match.")] = UNSET
    at_most: A[Opt[float], doc("At most", "The largest number, or the most entries.")] = UNSET
    at_least: A[Opt[float], doc("At least", "The smallest number, or the fewest entries.")] = UNSET


class Limit(Part, frozen=True, kw_only=True):
    """How many changes one plan may hold."""

    select: A[Opt[Select], doc("Select", "Which changes count.")] = UNSET
    at_most: A[int, doc("At most", "How many.", minimum=0)]


class Unless(Part, frozen=True, kw_only=True):
    """What records must show for a forbidden change to be let through. What was not measured shows nothing."""

    filled_at_least: A[float, doc("Filled at least", "Percent of the records looked at that have a value in the field.", minimum=0, maximum=100)]  # fmt: skip
    records: A[Opt[Literal["all", "open"]], doc("Records", "The records looked at: all, or those in a stage that is open.")] = UNSET  # fmt: skip
    max_age_days: A[Opt[float], doc("Max age days", "The most days since they were counted.", minimum=0)] = UNSET


class Example(Part, frozen=True, kw_only=True):
    """A resource or change on which a policy can be tried."""

    name: A[str, doc("Name", "What it shows.")]
    resource: A[Opt[dict[str, Json]], doc("Resource", "A document as it would stand in YAML.")] = UNSET
    change: A[Opt[dict[str, Json]], doc("Change", "A change as it would stand in a plan.")] = UNSET


class Policy(Spec, frozen=True, kw_only=True):
    """A rule of this repository's own."""

    select: A[Opt[Select], doc("Select", "What it looks at.")] = UNSET
    require: A[Opt[list[Require]], doc("Require", "What must be true.", ordered=True)] = UNSET
    forbid: A[Opt[Select], doc("Forbid", "Changes no plan may hold.")] = UNSET
    unless: A[Opt[Unless], doc("Unless", "What records must show for a change that is forbidden otherwise.")] = UNSET
    limit: A[Opt[Limit], doc("Limit", "How many changes one plan may hold.")] = UNSET
    severity: A[Opt[Literal["error", "warning", "note", "off"]], doc("Severity", "How serious a breach is.")] = UNSET
    help: A[Opt[str], doc("Help", "Why the rule is there, and how to keep it.")] = UNSET
    passing: A[Opt[list[Example]], doc("Passing", "Examples that keep it.")] = UNSET
    failing: A[Opt[list[Example]], doc("Failing", "Examples that break it.")] = UNSET
