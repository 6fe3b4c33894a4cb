"""Kind Layout: which fields people see, and where."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Spec, doc


class LayoutField(Part, frozen=True, kw_only=True):
    """A field on a layout."""

    name: A[str, doc("Name", "A field of the object.", ref="Field")]
    behavior: A[Opt[Literal["edit", "required", "readonly"]], doc("Behavior", "Whether it can be or must be filled here.")] = UNSET  # fmt: skip
    column: A[Opt[int], doc("Column", "The column of the section, counted from 1.", minimum=1)] = UNSET


class Section(Part, frozen=True, kw_only=True):
    """A group of fields on a layout."""

    name: A[str, doc("Name", "The section's heading, or its place where it has none or shares it.")]
    label: A[Opt[str], doc("Label", "The heading where it differs from the name.")] = UNSET
    columns: A[Opt[int], doc("Columns", "How many columns.", minimum=1, maximum=4)] = UNSET
    fields: A[Opt[list[LayoutField]], doc("Fields", "The fields, in order.", ordered=True)] = UNSET


class Layout(Spec, frozen=True, kw_only=True):
    """The form people see and fill."""

    record_types: A[Opt[list[str]], doc("Record types", "Record types it is meant for.", ref="RecordType", local=True)] = UNSET  # fmt: skip
    sections: A[Opt[list[Section]], doc("Sections", "The sections, in order.", ordered=True)] = UNSET
