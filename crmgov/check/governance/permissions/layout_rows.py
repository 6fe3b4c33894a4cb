"""Rule: every field that people are granted stands on a layout; and the row that puts one there."""

from collections.abc import Iterator

from crmgov.check.governance.permissions.grants import Grantable, Grants
from crmgov.check.governance.scene import mapping, rows
from crmgov.model.diagnostics import Diagnostic, Edit, Fix

_PAGES = ("FlexiPage", "QuickAction", "FieldSet", "ApexPage", "AuraDefinitionBundle", "LightningComponentBundle")
"""Parts of a Salesforce project that show fields beside layouts, and that are not read."""
_SHARE = 10
"""In a vendor's project a field that is on no layout is an oversight where at most one in so many of its object is."""
_OWN_SHARE = 2
"""The same in YAML of one's own, which holds all pages there are."""


def unlaid(grants: Grants) -> Iterator[Diagnostic]:
    """Every field that people are granted, and that no layout of its object shows where layouts show most."""
    scene = grants.scene
    if scene.snapshot.coverage.gap("Layout") or any(page in scene.snapshot.left for page in _PAGES):
        return
    if grants.pulled and not scene.files:  # pages beside layouts are not pulled, so it is not known which there are
        return
    total: dict[str, int] = {}
    missing: dict[str, list[Grantable]] = {}
    for field in grants.grantable:
        if field.parent in scene.shown.by_object and not _for_machines(grants, field) and not _hidden(field):
            total[field.parent] = total.get(field.parent, 0) + 1
            if not scene.shown.on(field.parent, field.name):
                missing.setdefault(field.parent, []).append(field)
    share = _SHARE if scene.files else _OWN_SHARE
    for parent, fields in missing.items():
        if len(fields) * share > total[parent] + share:
            continue
        layouts = len(scene.shown.by_object[parent])
        for field in fields:
            if grants.reads(parent, field.name):  # else it is told as one that nobody is granted
                yield _told(
                    grants, field, layouts, f"{total[parent] - len(fields)} of {total[parent]} fields are shown"
                )


def _told(grants: Grants, field: Grantable, layouts: int, evidence: str) -> Diagnostic:
    where = "not on the layout" if layouts == 1 else f"on none of the {layouts} layouts"
    message = f"{field.parent}.{field.name} is granted and {where} of {field.parent}"
    edit = layout_row(grants, field)
    fix = Fix(title=f"Show {field.name} on a layout", edits=(edit,), safe=not field.guarded) if edit else None
    return grants.scene.finding("REACH002", message, field.address, evidence=(evidence,), fix=fix)


def _hidden(field: Grantable) -> bool:
    """Whether its document says that it is meant to stand on no layout."""
    return mapping(field.body.get("lifecycle")).get("status") == "hidden"


def _for_machines(grants: Grants, field: Grantable) -> bool:
    """Whether a field is a key of another system, or granted to integrations and administration alone."""
    if field.body.get("external_id") is True:
        return True
    readers = {name for name, _ in grants.scene.access.readers(field.parent, field.name)}
    return bool(readers) and not (readers - grants.machines - grants.administration)


def layout_row(grants: Grants, field: Grantable) -> Edit | None:
    """A row at the end of the last section of the fullest layout; none in a vendor's files or where there is none."""
    scene = grants.scene
    layouts = scene.shown.by_object.get(field.parent, ())
    if scene.files or not layouts:
        return None
    fullest = max(sorted(layouts), key=lambda one: sum(len(rows(s.get("fields"))) for s in _sections(grants, one)))
    filled = [section for section in _sections(grants, fullest) if rows(section.get("fields"))]
    if not filled:
        return None
    at = scene.tree.where(fullest, ("sections", str(filled[-1].get("name")), "fields", field.name))
    if at is None:
        return None
    row: dict[str, object] = {"name": field.name, "behavior": "readonly" if field.computed else "edit"}
    column = mapping(rows(filled[-1].get("fields"))[-1]).get("column")
    if isinstance(column, int):
        row["column"] = column
    return Edit(at=at, action="set", value=row)


def _sections(grants: Grants, layout: str) -> list[dict[str, object]]:
    return rows(grants.scene.tree.body(layout).get("sections"))
