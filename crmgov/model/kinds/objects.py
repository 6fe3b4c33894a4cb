"""Kinds Object, Field, Validation and RecordType."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Scalar, Spec, doc
from crmgov.model.kinds.criteria import Criterion
from crmgov.model.kinds.picklists import Value

FieldType = Literal[
    "text", "textarea", "richtext", "email", "phone", "url", "integer", "decimal", "currency", "percent", "date",
    "datetime", "time", "boolean", "picklist", "multipicklist", "lookup", "master_detail", "formula", "rollup",
    "autonumber", "geolocation", "file", "user",
]  # fmt: skip
Sharing = Literal[
    "private", "read", "read_write", "read_write_transfer", "full_access", "controlled_by_parent",
    "controlled_by_campaign", "controlled_by_lead_or_contact",
]  # fmt: skip


class RecordName(Part, frozen=True, kw_only=True):
    """The field that names a record."""

    label: A[Opt[str], doc("Label", "What the record name is called.")] = UNSET
    type: A[Opt[Literal["text", "autonumber"]], doc("Type", "Typed by people, or numbered by the CRM.")] = UNSET
    format: A[Opt[str], doc("Format", "The pattern of the numbers, such as Q-{0000}.")] = UNSET


class GoldenRecord(Part, frozen=True, kw_only=True):
    """What a record must and should hold to be of use."""

    required: A[Opt[list[str]], doc("Required", "Fields without which a record is of no use.", ref="Field")] = UNSET
    recommended: A[Opt[list[str]], doc("Recommended", "Fields that make a record better.", ref="Field")] = UNSET


class Retention(Part, frozen=True, kw_only=True):
    """How long records are kept, and what then."""

    months: A[Opt[int], doc("Months", "Months to keep a record.", minimum=0)] = UNSET
    from_field: A[Opt[str], doc("From", "The date field the time counts from.", ref="Field")] = UNSET
    action: A[Opt[Literal["delete", "anonymise", "archive", "review"]], doc("Action", "What happens then.")] = UNSET
    basis: A[Opt[str], doc("Basis", "The law, contract or decision behind it.")] = UNSET


class MatchingRule(Part, frozen=True, kw_only=True):
    """How two records are known to be the same."""

    fields: A[Opt[dict[A[str, doc("Field", "A field of the object.", ref="Field")], Literal["exact", "fuzzy", "email", "phone", "domain", "company_name", "first_name", "last_name", "city", "street", "zip", "title"]]], doc("Fields", "The fields compared and how.")] = UNSET  # fmt: skip
    active: A[Opt[bool], doc("Active", "Whether the rule is in force.")] = UNSET
    action: A[Opt[Literal["allow", "alert", "block"]], doc("Action", "What happens when a new record matches.")] = UNSET


class Object(Spec, frozen=True, kw_only=True):
    """A type of record: leads, accounts, deals."""

    label_plural: A[Opt[str], doc("Plural label", "The name of several records.")] = UNSET
    record_name: A[Opt[RecordName], doc("Record name", "The field that names a record.")] = UNSET
    sharing: A[Opt[Sharing], doc("Sharing", "Who sees records they do not own.")] = UNSET
    external_sharing: A[Opt[Sharing], doc("External sharing", "The same for external users.")] = UNSET
    track_history: A[Opt[bool], doc("Track history", "Whether field changes are recorded at all.")] = UNSET
    activities: A[Opt[bool], doc("Activities", "Whether tasks and events can be attached.")] = UNSET
    reports: A[Opt[bool], doc("Reports", "Whether records can be reported on.")] = UNSET
    deployed: A[Opt[bool], doc("Deployed", "Whether people other than admins may use it.")] = UNSET
    visible_to: A[Opt[list[str]], doc("Visible to", "Roles meant to see this object.", ref="Role", local=True)] = UNSET
    golden_record: A[Opt[GoldenRecord], doc("Golden record", "What a record must and should hold.", local=True)] = UNSET
    retention: A[Opt[Retention], doc("Retention", "How long records are kept.", local=True)] = UNSET
    matching: A[Opt[dict[str, MatchingRule]], doc("Matching", "Rules that find duplicates, by name.", local=True)] = UNSET  # fmt: skip


class ControlledBy(Part, frozen=True, kw_only=True):
    """A picklist whose values depend on another field's value."""

    field: A[str, doc("Field", "The controlling field.", ref="Field")]
    pairs: A[Opt[dict[str, list[str]]], doc("Pairs", "For each controlling value, the values it allows.")] = UNSET


class Rollup(Part, frozen=True, kw_only=True):
    """A figure computed over child records."""

    object: A[str, doc("Object", "The child object.", ref="Object")]
    relationship: A[Opt[str], doc("Relationship", "The child's field that points here.", ref="Field")] = UNSET
    operation: A[Literal["count", "sum", "min", "max"], doc("Operation", "How children are summed up.")]
    summarize: A[Opt[str], doc("Summarize", "The child's field that is summed up (not for count).", ref="Field")] = UNSET  # fmt: skip
    when: A[Opt[Criterion], doc("When", "Which children count.")] = UNSET


class Field(Spec, frozen=True, kw_only=True):
    """One column of an object."""

    type: A[Opt[FieldType], doc("Type", "What kind of value it holds.")] = UNSET
    required: A[Opt[bool], doc("Required", "Whether a record needs a value to be saved.")] = UNSET
    unique: A[Opt[bool], doc("Unique", "Whether no two records may share a value.")] = UNSET
    external_id: A[Opt[bool], doc("External id", "Whether it holds another system's key.")] = UNSET
    length: A[Opt[int], doc("Length", "The most characters it holds.", minimum=1)] = UNSET
    precision: A[Opt[int], doc("Precision", "Digits in all.", minimum=1)] = UNSET
    scale: A[Opt[int], doc("Scale", "Digits after the point.", minimum=0)] = UNSET
    default: A[Opt[Scalar], doc("Default", "The value of a new record; for a vendor formula see native.")] = UNSET
    help: A[Opt[str], doc("Help", "The hint shown beside the field.")] = UNSET
    picklist: A[Opt[str], doc("Picklist", "The shared picklist it takes its values from.", ref="ValueSet")] = UNSET
    values: A[Opt[list[Value]], doc("Values", "Its own values, where it shares no picklist.", ordered=True)] = UNSET
    restricted: A[Opt[bool], doc("Restricted", "Whether only listed values can be stored.")] = UNSET
    controlled_by: A[Opt[ControlledBy], doc("Controlled by", "The field its values depend on.")] = UNSET
    references: A[Opt[list[str]], doc("References", "The objects it can point at.", ref="Object")] = UNSET
    on_delete: A[Opt[Literal["set_null", "restrict", "cascade"]], doc("On delete", "What happens to this record when the one it points at is deleted.")] = UNSET  # fmt: skip
    relationship: A[Opt[str], doc("Relationship", "The name of the relation seen from the other side.")] = UNSET
    formula: A[Opt[str], doc("Formula", "The expression, in the vendor's own language.")] = UNSET
    returns: A[Opt[FieldType], doc("Returns", "The type a formula yields.")] = UNSET
    rollup: A[Opt[Rollup], doc("Rollup", "The figure computed over child records.")] = UNSET
    format: A[Opt[str], doc("Format", "The pattern of an autonumber, such as Q-{0000}.")] = UNSET
    track_history: A[Opt[bool], doc("Track history", "Whether changes of this field are recorded.")] = UNSET
    sensitivity: A[Opt[Literal["public", "internal", "confidential", "restricted"]], doc("Sensitivity", "How much harm its disclosure would do.", local=True)] = UNSET  # fmt: skip
    personal_data: A[Opt[list[str]], doc("Personal data", "Regimes under which it is personal data, such as GDPR.", local=True)] = UNSET  # fmt: skip


class Validation(Spec, frozen=True, kw_only=True):
    """A rule that stops a record from being saved."""

    active: A[Opt[bool], doc("Active", "Whether the rule is in force.")] = UNSET
    reject_when: A[Opt[Criterion], doc("Reject when", "The condition under which a save is refused.")] = UNSET
    formula: A[Opt[str], doc("Formula", "The same in the vendor's own language.")] = UNSET
    message: A[Opt[str], doc("Message", "What the person who saves is told.")] = UNSET
    error_field: A[Opt[str], doc("Error field", "The field the message stands at.", ref="Field")] = UNSET


class Choice(Part, frozen=True, kw_only=True):
    """The values of one picklist that a record type offers."""

    values: A[Opt[list[A[str, doc("Value", "A value of the picklist.")]]], doc("Values", "The values offered.")] = UNSET
    default: A[Opt[str], doc("Default", "The value of a new record.")] = UNSET


class RecordType(Spec, frozen=True, kw_only=True):
    """A variant of an object with its own pipeline and picklist values."""

    active: A[Opt[bool], doc("Active", "Whether new records can be of this type.")] = UNSET
    pipeline: A[Opt[str], doc("Pipeline", "The pipeline its records go through.", ref="Pipeline")] = UNSET
    picklists: A[Opt[dict[A[str, doc("Field", "A picklist field of the object.", ref="Field")], Literal["all"] | list[str] | Choice]], doc("Picklists", "For each picklist field: all, a list of values, or values with a default.")] = UNSET  # fmt: skip
