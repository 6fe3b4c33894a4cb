"""Trees whose files are well written and whose names lead nowhere, to the wrong thing, or in a circle."""

from pathlib import Path

BASE = """kind: Object
name: Lead
label: Lead
---
kind: Object
name: Account
label: Account
---
kind: Field
object: Lead
name: Score
type: integer
---
kind: Field
object: Lead
name: Note
type: text
---
kind: Field
object: Lead
name: Region
type: picklist
picklist: Regions
---
kind: Picklist
name: Regions
values: [North, South]
---
kind: Role
name: Sales
---
kind: Team
name: Desk
type: queue
objects: [Lead]
"""


def _field(name: str, rest: str) -> str:
    return f"kind: Field\nobject: Lead\nname: {name}\n{rest}"


def _automation(rest: str) -> str:
    return f"kind: Automation\nobject: Lead\nname: Greet\nactive: true\ntrigger: {{on: created}}\n{rest}"


def _validation(criterion: str) -> str:
    return f"kind: Validation\nobject: Lead\nname: Rule\nmessage: No.\nreject_when: {criterion}\n"


def _ring(kind: str, key: str, names: str, more: str = "", wrap: str = "{}") -> str:
    pairs = zip(names, names[1:] + names[0], strict=True)
    return "---\n".join(f"kind: {kind}\nname: {one}\n{more}{key}: {wrap.format(two)}\n" for one, two in pairs)


DOCUMENTS: dict[str, str] = {
    "object_missing": "kind: Field\nobject: Leed\nname: X\ntype: text\n",
    "picklist_missing": _field("X", "type: picklist\npicklist: Regionen\n"),
    "picklist_is_a_role": _field("X", "type: picklist\npicklist: Sales\n"),
    "lookup_to_nothing": _field("X", "type: lookup\nreferences: [Acount]\n"),
    "lookup_to_a_picklist": _field("X", "type: lookup\nreferences: [Regions]\n"),
    "lookup_to_no_text": _field("X", "type: lookup\nreferences: [1, {a: b}]\n"),
    "controlled_by_nothing": _field("X", "type: picklist\nvalues: [A]\ncontrolled_by: {field: Regio, pairs: {North: [A]}}\n"),
    "controlled_by_a_text": _field("X", "type: picklist\nvalues: [A]\ncontrolled_by: {field: Note, pairs: {North: [A]}}\n"),
    "controlled_by_itself": _field("X", "type: picklist\nvalues: [A]\ncontrolled_by: {field: X, pairs: {A: [A]}}\n"),
    "controlled_in_a_ring": _field("X", "type: picklist\nvalues: [A]\ncontrolled_by: {field: Y, pairs: {A: [A]}}\n")
    + "---\n" + _field("Y", "type: picklist\nvalues: [A]\ncontrolled_by: {field: X, pairs: {A: [A]}}\n"),
    "controlled_values_missing": _field("X", "type: picklist\nvalues: [A]\ncontrolled_by: {field: Region, pairs: {West: [B]}}\n"),
    "formula_names_nothing": _field("X", "type: formula\nformula: Scor + 1\n"),
    "formula_cut_short": _field("X", "type: formula\nformula: IF(Score > 1, \"a\n"),
    "formula_ten_thousand_brackets": _field("X", f"type: formula\nformula: '{'(' * 10_000}'\n"),
    "formula_of_itself": _field("X", "type: formula\nformula: X + 1\n"),
    "formulas_in_a_ring": _field("X", "type: formula\nformula: Y + 1\n") + "---\n" + _field("Y", "type: formula\nformula: X + 1\n"),
    "rollup_over_nothing": _field("X", "type: rollup\nrollup: {object: Acount, summarize: Amount, operation: sum}\n"),
    "criterion_field_missing": _validation("{field: Scoer, op: blank}"),
    "criterion_value_missing": _validation("{field: Region, op: equals, value: West}"),
    "criterion_wrong_type": _validation("{field: Score, op: contains, value: x}"),
    "criterion_path_over_a_text": _validation("{field: Note.Name, op: blank}"),
    "criterion_path_of_a_hundred": _validation("{field: " + ".".join(["Owner"] * 100) + ", op: blank}"),
    "criterion_two_things_at_once": _validation("{field: Note, op: blank, all: []}"),
    "criterion_sixty_deep": _validation("{not: " * 55 + "{field: Nothing, op: blank}" + "}" * 55),
    "criterion_unknown_variable": _validation("{field: Note, op: equals, value: $tomorow}"),
    "criterion_field_is_a_number": _validation("{field: 5, op: blank}"),
    "action_sets_nothing": _automation("actions: [{name: a, type: set_field, field: Regio, value: North}]\n"),
    "action_sets_a_missing_value": _automation("actions: [{name: a, type: set_field, field: Region, value: West}]\n"),
    "route_to_nobody": _automation("actions: [{name: a, type: route, cases: [], otherwise: {team: Desc}}]\n"),
    "role_parent_missing": "kind: Role\nname: Rep\nparent: Sles\n",
    "role_is_its_own_parent": "kind: Role\nname: Rep\nparent: Rep\n",
    "roles_in_a_ring": _ring("Role", "parent", "ABC"),
    "roles_in_a_ring_of_two_thousand": "---\n".join(
        f"kind: Role\nname: R{n}\nparent: R{(n + 1) % 2000}\n" for n in range(2000)
    ),
    "teams_in_a_ring": _ring("Team", "members", "AB", "type: group\n", "{{teams: [{}]}}"),
    "permission_sets_in_a_ring": _ring("PermissionSet", "includes", "AB", "", "[{}]"),
    "permission_on_nothing": "kind: PermissionSet\nname: P\nobjects: {Leed: {read: true}}\n",
    "permission_on_a_missing_field": "kind: PermissionSet\nname: P\nfields: {Lead.Scor: edit}\n",
    "layout_of_missing_fields": "kind: Layout\nobject: Lead\nname: L\nsections: [{name: A, fields: [Scor, Lead.Note]}]\n",
    "record_type_of_missing_values": "kind: RecordType\nobject: Lead\nname: R\npicklists: {Region: {values: [West]}, Note: all}\n",
    "record_type_pipeline_missing": "kind: RecordType\nobject: Lead\nname: R\npipeline: Selling\n",
    "pipeline_stage_missing": "kind: StageSet\nname: S\nstages: [New, Won]\n---\nkind: Pipeline\nobject: Lead\nname: P\n"
    "stage_set: S\nstages: [New, Lost]\n",
    "pipeline_next_leads_nowhere": "kind: StageSet\nname: S\nstages: [New, Won]\n---\nkind: Pipeline\nobject: Lead\nname: P\n"
    "stage_set: S\nstages: [{name: New, next: [Wun]}, Won]\n",
    "renamed_from_what_is_there": _field("X", "type: text\nrenamed_from: [Note]\n"),
    "renamed_from_itself": _field("X", "type: text\nrenamed_from: [X]\n"),
    "two_renamed_from_one": _field("X", "type: text\nrenamed_from: [Old]\n") + "---\n"
    + _field("Y", "type: text\nrenamed_from: [Old]\n"),
    "retired_in_use": "kind: Picklist\nname: Old\nvalues: [A]\nlifecycle: {status: retired, since: '2026-01-01'}\n---\n"
    + _field("X", "type: picklist\npicklist: Old\n"),
    "two_governances": "kind: Governance\nname: A\n---\nkind: Governance\nname: B\n",
    "external_missing": _automation("actions: [{name: a, type: send_template, template: Welcom}]\n"),
    "three_hundred_dangling": "---\n".join(_field(f"X{n}", f"type: lookup\nreferences: [Nothing{n}]\n") for n in range(300)),
    "name_that_is_an_address": "kind: Role\nname: 'Role/Sales'\nparent: 'Role/Sales'\n",
    "name_of_quotes_and_brackets": "kind: Role\nname: 'a\"].b#c[d'\nparent: '\"'\n",
}  # fmt: skip


def build(case: str, root: Path) -> None:
    for name, text in (("base", BASE), ("case", DOCUMENTS[case])):
        path = root / f"config/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
