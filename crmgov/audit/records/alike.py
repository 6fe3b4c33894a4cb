"""Values in a normal form in which spellings that mean the same are equal, as the engine works it out."""

from collections.abc import Callable, Mapping, Sequence
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
        form = _FORMS[how](text if how in ("exact", "phone") else relation.lower(text))
        filled.append(relation.filled(field, blanks) & (form != "").fill_null(False))
        forms.append(form)
    joined = forms[0]
    for form in forms[1:]:
        joined = joined + ibis.literal(TOGETHER) + form
    return ibis.and_(*filled), joined


def _words(text: Any) -> Any:
    return text.re_replace(r"[\s.,;:'\"’`_/()-]+", "")


def _phone(text: Any) -> Any:
    return text.re_replace(r"[^0-9]+", "").re_replace(r"^00", "")


def _domain(text: Any) -> Any:
    bare = text.strip().re_replace(r"^[a-z]+://", "").re_replace(r"^.*@", "")
    return bare.re_replace(r"[/?#:].*$", "").re_replace(r"^www[.]", "")


def _company(text: Any) -> Any:
    parted = text.re_replace(r"[.'’`/]", "").re_replace(r"[\s,;:\"_()-]+", " ").strip()
    return parted.re_replace(rf"( (&|and|und)? ?({_LEGAL}))+$", "").re_replace(r"\s", "")


_FORMS: Mapping[Likeness, Callable[[Any], Any]] = {
    "exact": lambda text: text.strip(),
    "email": lambda text: text.strip(),
    "zip": lambda text: text.re_replace(r"[\s-]+", ""),
    "phone": _phone, "domain": _domain, "company_name": _company, "words": _words,
}  # fmt: skip
