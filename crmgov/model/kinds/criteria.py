"""Criteria: structured, two-valued conditions on records."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Scalar, doc

Operator = Literal[
    "equals", "not_equals", "less", "less_or_equal", "greater", "greater_or_equal", "contains", "not_contains",
    "starts_with", "in", "not_in", "includes", "excludes", "blank", "present", "changed", "was", "is_new", "matches",
]  # fmt: skip


class Criterion(Part, frozen=True, kw_only=True, rename={"not_": "not"}):
    """One comparison (``field``, ``op``, ``value``), or ``all``, ``any``, ``not`` of further ones.

    Comparison with a blank is false; ``blank`` and ``present`` ask for it explicitly. Paths go over at most two
    lookups. ``changed``, ``was`` and ``is_new`` stand only in triggers and validations.
    """

    field: A[Opt[str], doc("Field", "The field compared, or a path over at most two lookups (Account.Owner.Region).", ref="FieldPath")] = UNSET  # fmt: skip
    op: A[Opt[Operator], doc("Operator", "How it is compared.")] = UNSET
    value: A[Opt[Scalar | list[Scalar]], doc("Value", "A literal, a list of literals, $today+N or $today-N (days), or $user.role.")] = UNSET  # fmt: skip
    other_field: A[Opt[str], doc("Other field", "A field of the same record to compare with, instead of a value.", ref="FieldPath")] = UNSET  # fmt: skip
    all: A[Opt[list["Criterion"]], doc("All", "True where all of these are.", ordered=True)] = UNSET
    any: A[Opt[list["Criterion"]], doc("Any", "True where one of these is.", ordered=True)] = UNSET
    not_: A[Opt["Criterion"], doc("Not", "True where this is false.")] = UNSET
