"""Rule: a field stands once on a layout."""

from collections.abc import Iterator

from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, Related, Route, of


def check_layouts(session: Session) -> Iterator[Diagnostic]:
    """Every layout that shows a field in more than one section."""
    tree = session.tree
    for address in tree.of_kind("Layout"):
        seen: dict[str, Route] = {}
        sections = tree.body(address).get("sections")
        for section in sections if isinstance(sections, list) else ():
            fields = section.get("fields") if isinstance(section, dict) else None
            for field in fields if isinstance(fields, list) else ():
                name = str(field.get("name")) if isinstance(field, dict) else str(field)
                route = ("sections", str(section.get("name")), "fields", name)
                first = seen.setdefault(name, route)
                if first != route:
                    at, other = tree.where(address, route), tree.where(address, first)
                    related = (Related("First shown", other),) if other is not None else ()
                    message = f'"{name}" stands twice on {parts(address)[2]}'
                    yield of("DUP004", message, at=at, address=address, related=related)
