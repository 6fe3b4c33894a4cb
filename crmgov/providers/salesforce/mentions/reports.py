"""Report types, and what reports and dashboards name beside the columns that are read as theirs."""

from collections.abc import Iterator

from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing, inner, label, texts
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.xml import Tree

_PLAIN = ("description", "label", "masterLabel", "name", "title", "header", "footer", "value", "values", "currency")
"""Parts of a report that are words or values."""
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
            column = text.strip().removeprefix(_FOREIGN)
            plain = column.replace("$", ".")
            if "__" not in column or tag in _PLAIN or plain in known or (tag == "reportType" and _is_type(column)):
                continue
            head, mark, field = column.rpartition("$")
            if not mark or not head:
                found.scan("", plain)
                continue
            start, *relations = head.split(".")
            found.path(found.along(start, relations), field)

    yield Spoken("Report", "", thing.name, reads)


def _is_type(text: str) -> bool:
    """Whether a text names a report type, rather than the lookup between two objects."""
    return "$" in text or "." not in text


KINDS = (Kind("ReportType", _report_type), Kind("Report", _report), Kind("Dashboard", _report))
