"""Report types, and what reports and dashboards name beside the columns that are read as theirs."""

import re
from collections.abc import Iterator

from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, inner, label, texts
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree

_PLAIN = ("description", "label", "masterLabel", "name", "title", "header", "footer", "value", "values", "currency")
"""Parts of a report that are words or values."""
_NAME = re.compile(r"[A-Za-z]\w*(?:[.$]+[A-Za-z]\w*)*", re.ASCII)
"""A column in a text, which may be a formula over several."""
_FOREIGN = "FK_$"
"""Stands before a column of a record that the report's own one points at."""


def _report_type(thing: Thing) -> Iterator[Spoken]:
    base = child(thing.tree, "baseObject")

    def reads(found: Found) -> None:
        _joined(found, base, thing.tree)
        for section in inner(thing.tree, "sections"):
            for one in inner(section, "columns"):
                head, *relations = (child(one, "table") or base).split(".")
                found.column(found.along(head, relations), child(one, "field"))

    yield Spoken("ReportType", "", label(thing, "label"), reads)


def _joined(found: Found, owner: str, tree: Tree) -> None:
    """The lookups over which a report type joins objects."""
    for one in inner(tree, "join"):
        _joined(found, found.along(owner, texts(one, "relationship")), one)


def _report(thing: Thing) -> Iterator[Spoken]:
    known = set(derive.report_fields(thing.tree))

    def reads(found: Found) -> None:
        for tag, text in derive.texts(thing.tree):
            if "__" not in text or tag in _PLAIN or (tag == "reportType" and _is_type(text.strip())):
                continue
            names = [name for name in _NAME.findall(text) if "__" in name]
            found.strange += not names
            for name in names:
                if name.replace("$", ".") not in known:
                    _column(found, name.removeprefix(_FOREIGN))

    yield Spoken("Report", "", thing.name, reads)


def _column(found: Found, name: str) -> None:
    """A column, or one that a formula over columns names."""
    head, mark, field = name.rpartition("$")
    if not mark or not head:
        found.scan("", field)
        return
    start, *relations = head.replace("$", ".").split(".")
    owner = found.along(start, relations)
    found.path(*((owner, field) if owner else (start, ".".join((*relations, field)))))


def _is_type(text: str) -> bool:
    """Whether a text names a report type, rather than the lookup between two objects."""
    return "$" in text or "." not in text


KINDS = (Kind("ReportType", _report_type), Kind("Report", _report), Kind("Dashboard", _report))
