"""Layouts: sections by name, fields in columns."""

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Form, MetadataType
from crmgov.providers.salesforce.mapping.items import (
    BOOL,
    NATIVE,
    Item,
    Leaf,
    Left,
    Special,
    get,
    native,
    put,
    scalar_text,
    sort_nodes,
)
from crmgov.providers.salesforce.xml import Tree

_BEHAVIOR = {"Edit": "edit", "Required": "required", "Readonly": "readonly"}
_BEHAVIOR_BACK = {ours: theirs for theirs, ours in _BEHAVIOR.items()}
_SECTION: dict[str, Item] = {
    "customLabel": Leaf("customLabel", ("customLabel",), BOOL),
    "detailHeading": Leaf("detailHeading", ("detailHeading",), BOOL),
    "editHeading": Leaf("editHeading", ("editHeading",), BOOL),
    "style": Leaf("style", ("style",)),
}
"""Of a section, kept under ``native.salesforce.sections`` by its name."""
_HEADINGS = {"customLabel": False, "detailHeading": False, "editHeading": False}
"""What a section is without being told so; not kept."""
STYLES = {1: "OneColumn", 2: "TwoColumnsTopToBottom", 3: "CustomLinks"}
"""The style of a section that has none yet, by its number of columns."""


def _read_section(value: Tree | str, out: Body, left: Left) -> None:
    sections = out.setdefault("sections", [])
    section, extra = Body(), Body()
    columns, label = 0, ""
    fields: list[Body] = []
    for tag, inner in value if not isinstance(value, str) else ():
        if tag == "layoutColumns":
            columns += 1
            fields.extend(_read_column(inner, columns, {field["name"] for field in fields}, left))
        elif tag == "label" and isinstance(inner, str):
            label = inner.strip()
        elif tag in _SECTION:
            _SECTION[tag].decode(inner, extra, left)
        else:
            left.append(f"layoutSections.{tag}")
    # Sections without a heading are counted among themselves, so that adding one with a heading renames none of them.
    unnamed = sum(row.get("label") == "" for row in sections) + 1
    name = unique(label or f"Section {unnamed}", {row["name"] for row in sections})
    section["name"] = name
    if name != label:
        section["label"] = label
    if columns:
        section["columns"] = columns
    section["fields"] = fields
    sections.append(section)
    extra = {tag: value for tag, value in extra.items() if value is not False}
    if extra:
        put(out, (*NATIVE, "sections", name), extra)


def unique(name: str, taken: set[str]) -> str:
    """A name, with a number behind it where it is taken."""
    number, result = 1, name
    while result in taken:
        number += 1
        result = f"{name} {number}"
    return result


def _read_column(value: Tree | str, column: int, taken: set[str], left: Left) -> list[Body]:
    fields: list[Body] = []
    for tag, item in value if not isinstance(value, str) else ():
        texts = (
            {name: text.strip() for name, text in item if isinstance(text, str)} if not isinstance(item, str) else {}
        )
        name = texts.pop("field", "")
        if tag != "layoutItems" or not name or name in taken:
            what = next((key for key in texts if key != "behavior"), "field")
            left.append(f"layoutSections.layoutItems.{what}")
            continue
        taken.add(name)
        row: Body = {"name": name, "column": column}
        behavior = texts.pop("behavior", "")
        if behavior in _BEHAVIOR:
            row["behavior"] = _BEHAVIOR[behavior]
        elif behavior:
            left.append("layoutSections.layoutItems.behavior")
        left.extend(f"layoutSections.layoutItems.{key}" for key in texts)
        fields.append(row)
    return fields


def _write_sections(body: Body) -> Tree:
    return [_section(section, body) for section in body.get("sections") or ()]


def _section(section: Body, body: Body) -> tuple[str, Tree]:
    label = section["name"] if section.get("label") is None else section["label"]
    nodes: Tree = [("label", str(label))] if label else []
    extra = get(body, (*NATIVE, "sections", section["name"])) or {}
    if extra:
        extra = {**_HEADINGS, **extra}
    nodes.extend((tag, scalar_text(value)) for tag, value in extra.items())
    fields = section.get("fields") or []
    count = max([section.get("columns") or 0, *(field.get("column") or 1 for field in fields)], default=0)
    for column in range(1, count + 1):
        rows: Tree = [_field(field) for field in fields if (field.get("column") or 1) == column]
        nodes.append(("layoutColumns", rows or ""))
    return "layoutSections", sort_nodes(nodes)


def _field(field: Body) -> tuple[str, Tree]:
    behavior = _BEHAVIOR_BACK.get(str(field.get("behavior")))
    return "layoutItems", [*([("behavior", behavior)] if behavior else []), ("field", field["name"])]


LAYOUT = MetadataType(
    name="Layout",
    kind="Layout",
    form=Form("layouts", "layout"),
    items=(
        Special(
            "layoutSections",
            _read_section,
            _write_sections,
            key="label",
            inner=((("layoutColumns",), None), (("layoutColumns", "layoutItems"), "field")),
        ),
        *(
            native(name, BOOL)
            for name in (
                "emailDefault",
                "runAssignmentRulesDefault",
                "showEmailCheckbox",
                "showHighlightsPanel",
                "showInteractionLogPanel",
                "showKnowledgeComponent",
                "showRunAssignmentRulesCheckbox",
                "showSolutionSection",
                "showSubmitAndAttachButton",
            )
        ),
    ),
)

TYPES = (LAYOUT,)
