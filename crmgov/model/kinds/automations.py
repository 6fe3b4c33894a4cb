"""Kind Automation: what the CRM does by itself."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Scalar, Spec, doc
from crmgov.model.kinds.criteria import Criterion

ActionType = Literal["set_field", "create_task", "route", "notify", "send_template", "create_record", "webhook", "call", "escalate"]  # fmt: skip


class Trigger(Part, frozen=True, kw_only=True):
    """When an automation starts."""

    on: A[Literal["created", "updated", "saved", "field_changed", "deleted", "scheduled", "manual", "event"], doc("On", "The event: saved is created or updated.")]  # fmt: skip
    fields: A[Opt[list[str]], doc("Fields", "For field_changed: any of these.", ref="Field")] = UNSET
    date_field: A[Opt[str], doc("Date field", "For scheduled: the date field time counts from.", ref="Field")] = UNSET
    days: A[Opt[float], doc("Days", "For scheduled: days after the date field (negative: before).")] = UNSET
    hours: A[Opt[float], doc("Hours", "For scheduled: hours after the date field.")] = UNSET
    every: A[Opt[Literal["hourly", "daily", "weekly", "monthly"]], doc("Every", "For scheduled without a date field.")] = UNSET  # fmt: skip


class After(Part, frozen=True, kw_only=True):
    """A delay before an action."""

    days: A[Opt[float], doc("Days", "Days to wait.", minimum=0)] = UNSET
    hours: A[Opt[float], doc("Hours", "Hours to wait.", minimum=0)] = UNSET


class Target(Part, frozen=True, kw_only=True):
    """Who receives a record, a task or a message."""

    team: A[Opt[str], doc("Team", "A team.", ref="Team")] = UNSET
    role: A[Opt[str], doc("Role", "A role.", ref="Role")] = UNSET
    user: A[Opt[str], doc("User", "One person, by user name.")] = UNSET
    field: A[Opt[str], doc("Field", "The person in this field of the record.", ref="FieldPath")] = UNSET
    round_robin: A[Opt[bool], doc("Round robin", "Whether members take turns.")] = UNSET


class Case(Part, frozen=True, kw_only=True):
    """One branch of a route: the first that matches is taken."""

    name: A[str, doc("Name", "The branch.")]
    when: A[Opt[Criterion], doc("When", "Which records take it.")] = UNSET
    formula: A[Opt[str], doc("Formula", "The same in the vendor's own language.")] = UNSET
    to: A[Opt[Target], doc("To", "Who receives the record.")] = UNSET
    template: A[Opt[str], doc("Template", "The message sent.", ref="External")] = UNSET


class Action(Part, frozen=True, kw_only=True):
    """One thing an automation does."""

    name: A[str, doc("Name", "The action.")]
    type: A[ActionType, doc("Type", "What is done.")]
    after: A[Opt[After], doc("After", "How long to wait first.")] = UNSET
    field: A[Opt[str], doc("Field", "For set_field: the field written.", ref="FieldPath")] = UNSET
    value: A[Opt[Scalar], doc("Value", "For set_field: the value written.")] = UNSET
    formula: A[Opt[str], doc("Formula", "For set_field: an expression in the vendor's own language.")] = UNSET
    from_field: A[Opt[str], doc("From field", "For set_field: the field copied.", ref="FieldPath")] = UNSET
    subject: A[Opt[str], doc("Subject", "For create_task: what is to be done.")] = UNSET
    due_days: A[Opt[float], doc("Due days", "For create_task: days until it is due.")] = UNSET
    due_hours: A[Opt[float], doc("Due hours", "For create_task: hours until it is due.")] = UNSET
    priority: A[Opt[Literal["low", "normal", "high"]], doc("Priority", "For create_task.")] = UNSET
    to: A[Opt[Target], doc("To", "Who receives the task, message or record.")] = UNSET
    cases: A[Opt[list[Case]], doc("Cases", "For route: the first that matches is taken.", ordered=True)] = UNSET
    otherwise: A[Opt[Target], doc("Otherwise", "For route: who receives what matches no case.")] = UNSET
    template: A[Opt[str], doc("Template", "For send_template and notify: the message.", ref="External")] = UNSET
    message: A[Opt[str], doc("Message", "For notify: the text.")] = UNSET
    object: A[Opt[str], doc("Object", "For create_record: the object.", ref="Object")] = UNSET
    fields: A[Opt[dict[A[str, doc("Field", "A field of the new record.", ref="Field")], Scalar]], doc("Fields", "For create_record: the values of the new record.")] = UNSET  # fmt: skip
    url: A[Opt[str], doc("URL", "For webhook: where it is sent. A secret part is written as ${NAME}.")] = UNSET
    integration: A[Opt[str], doc("Integration", "For webhook: the integration it belongs to.", ref="Integration")] = UNSET  # fmt: skip


class BodyFile(Part, frozen=True, kw_only=True):
    """A vendor's own file beside the YAML, promoted whole."""

    path: A[str, doc("Path", "The file, relative to this YAML file.")]
    digest: A[str, doc("Digest", "The BLAKE2b digest of its bytes, 32 hexadecimal characters.")]


class Automation(Spec, frozen=True, kw_only=True):
    """Something the CRM does by itself when a record changes or time passes."""

    active: A[Opt[bool], doc("Active", "Whether it runs.")] = UNSET
    order: A[Opt[int], doc("Order", "Its place among the automations on the same trigger.")] = UNSET
    trigger: A[Opt[Trigger], doc("Trigger", "When it starts.")] = UNSET
    when: A[Opt[Criterion], doc("When", "Which records it is for.")] = UNSET
    actions: A[Opt[list[Action]], doc("Actions", "What it does, in order.", ordered=True)] = UNSET
    otherwise: A[Opt[list[Action]], doc("Otherwise", "What it does where a field it needs is blank.", ordered=True)] = UNSET  # fmt: skip
    body: A[Opt[Literal["structured", "opaque"]], doc("Body", "Whether it is written here, or in the vendor's own file.")] = UNSET  # fmt: skip
    body_file: A[Opt[BodyFile], doc("Body file", "The vendor's own file.")] = UNSET
