"""Values in a normal form in which spellings that mean the same are equal, as the engine works it out."""

from collections.abc import Mapping, Sequence
from typing import Any

from crmgov.audit.records.relation import Relation
from crmgov.model.figures import TOGETHER, Likeness

_LEGAL = (
    "incorporated|inc|llc|llp|ltd|limited|gmbh|mbh|ag|kg|ohg|se|co|corp|corporation|company|plc|sa|sas|sarl|sl|bv|nv|ab|"
    "asa|as|aps|oy|oyj|spa|srl|pty|ehf|ltda"
)
"""Legal forms that end the name of a company."""


def together(relation: Relation, alike: Sequence[tuple[str, Likeness]], blanks: Sequence[str]) -> tuple[Any, Any]:
    """Whether a record is filled in all of these fields, and its values in normal form as one text.

    Raises UnknowableError for a field that the source does not hold.
    """
    import ibis

    filled: list[Any] = []
    forms: list[Any] = []
    for field, how in alike:
        told = relation.told(field)
        text = told if told.type().is_string() else told.cast("string")
        form = text if how in ("exact", "phone") else relation.lower(text)
        for pattern, by in _FORMS[how]:
            form = relation.replaced(form, pattern, by)
        filled.append(relation.filled(field, blanks) & (form != "").fill_null(False))
        forms.append(form)
    joined = forms[0]
    for form in forms[1:]:
        joined = joined + ibis.literal(TOGETHER) + form
    return ibis.and_(*filled), joined


_FORMS: Mapping[Likeness, Sequence[tuple[str, str]]] = {
    "exact": (),
    "email": (),
    "zip": ((r"[\s-]+", ""),),
    "words": ((r"[\s.,;:'\"’`_/()-]+", ""),),
    "phone": ((r"[^0-9]+", ""), (r"^00", "")),
    "domain": ((r"^[a-z]+://", ""), (r"^.*@", ""), (r"[/?#:].*$", ""), (r"^www[.]", "")),
    "company_name": (
        (r"[.'’`/]", ""), (r"[\s,;:\"_()-]+", " "), (r"^ | $", ""),
        (rf"( (&|and|und)? ?({_LEGAL}))+$", ""), (r"\s", ""),
    ),
}  # fmt: skip
"""What is replaced, step by step, by what."""
