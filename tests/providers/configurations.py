"""Arbitrary small configurations: every kind a provider can hold, hostile names included."""

from typing import Any

from hypothesis import strategies as st

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.normal import canonical_body
from crmgov.model.snapshot import Snapshot, kind_of

HOSTILE = (
    "Lead", "lead", "Account", "select", "Order", "group by", 'we"ird', "it's", "Ünïcode", "a.b", "a.latitude",
    "per%cent", "per%(cent)s", "x:y", "[brackets]", "`back`", "--", "/* x", ");", "?", "$1", "tab\there", "new\nline",
    "😀", "crmgov_x", "id", "ID", "very long " * 12, "zwölf Boxkämpfer jagen Viktor quer über den großen Deich " * 2,
    "rowid", "ctid", "sqlite_x", "a" * 63, "a" * 64,
)  # fmt: skip
_letters = st.characters(exclude_categories=("Cs", "Cc"))
names = st.one_of(st.sampled_from(HOSTILE), st.text(_letters, min_size=1, max_size=8))
texts = st.text(_letters, max_size=20)
labels = st.one_of(st.none(), texts)

TEXTUAL = ("text", "textarea", "richtext", "email", "phone", "url", "autonumber", "file")
NUMERIC = ("decimal", "currency", "percent")
PLAIN = ("integer", "boolean", "date", "datetime", "time", "geolocation", "user")
DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(TEXTUAL, texts),
    **dict.fromkeys(NUMERIC, st.sampled_from([0, 1, -2, 1.5, -0.25, "no number"])),
    "integer": st.one_of(st.integers(-(2**63), 2**63), st.sampled_from(["7", 1.5])),
    "boolean": st.one_of(st.booleans(), st.just("yes")),
    "date": st.one_of(st.dates().map(str), st.just("soon")),
    "datetime": st.sampled_from(["2026-01-31T10:00:00Z", "2026-01-31 10:00:00+02:00", "2026-01-31", "x"]),
    "time": st.sampled_from(["10:00", "10:00:30", "25:00"]),
    "picklist": texts,
}


@st.composite
def _values(draw: st.DrawFn, *, stages: bool = False) -> list[Any]:
    rows: list[Any] = []
    for name in draw(st.lists(names, min_size=1, max_size=4, unique=True)):
        row: Body = {"name": name}
        if draw(st.booleans()):
            row["label"] = draw(labels)
        for attribute in ("active", "default"):
            if draw(st.integers(0, 3)) == 0:
                row[attribute] = draw(st.one_of(st.none(), st.booleans()))
        if draw(st.integers(0, 3)) == 0:
            row["description"] = draw(labels)
        if draw(st.integers(0, 3)) == 0:
            row["aliases"] = draw(st.lists(texts, max_size=2))
        if stages and draw(st.booleans()):
            row["probability"] = draw(st.integers(0, 100))
            row["outcome"] = draw(st.sampled_from(["open", "won", "lost"]))
            row["forecast"] = draw(st.sampled_from(["pipeline", "commit"]))
        rows.append(row if len(row) > 1 or draw(st.booleans()) else name)
    return rows


@st.composite
def field(draw: st.DrawFn, objects: list[str], sets: list[str]) -> Body:
    """A Field whose references exist."""
    kinds = [*TEXTUAL, *NUMERIC, *PLAIN, "picklist", "picklist", "multipicklist", "lookup", "master_detail", "formula",
             "rollup"]  # fmt: skip
    kind = draw(st.sampled_from(kinds))
    body: Body = {"type": kind}
    for attribute in ("label", "help", "description"):
        if draw(st.integers(0, 3)) == 0:
            body[attribute] = draw(labels)
    for attribute in ("required", "unique", "external_id", "track_history"):
        if draw(st.integers(0, 3)) == 0:
            body[attribute] = draw(st.one_of(st.none(), st.booleans()))
    if kind in TEXTUAL and draw(st.booleans()):
        body["length"] = draw(st.one_of(st.none(), st.integers(1, 300)))
    if kind in NUMERIC and draw(st.booleans()):
        body["precision"] = draw(st.integers(2, 18))
        body["scale"] = draw(st.integers(0, 2))
    elif kind in NUMERIC and draw(st.booleans()):
        body["scale"] = 2
    if kind in DEFAULTS and draw(st.integers(0, 2)) == 0:
        body["default"] = draw(DEFAULTS[kind])
    if kind in ("picklist", "multipicklist"):
        _choices(draw, body, sets)
    if kind in ("lookup", "master_detail"):
        body["references"] = draw(st.lists(st.sampled_from(objects), min_size=1, max_size=2, unique=True))
        if draw(st.booleans()):
            body["on_delete"] = draw(st.sampled_from([None, "set_null", "restrict", "cascade"]))
    if kind == "formula":
        body["formula"] = draw(texts)
    if kind == "rollup":
        body["rollup"] = {"object": draw(st.sampled_from(objects)), "operation": "count"}
    if draw(st.integers(0, 4)) == 0:
        body["sensitivity"] = draw(st.sampled_from([None, "public", "restricted"]))
        body["owner"] = "ana"
    return body


def _choices(draw: st.DrawFn, body: Body, sets: list[str]) -> None:
    if sets and draw(st.booleans()):
        body["picklist"] = draw(st.sampled_from(sets))
    elif draw(st.integers(0, 4)):
        body["values"] = draw(_values())
    if draw(st.integers(0, 3)) == 0:
        body["restricted"] = draw(st.one_of(st.none(), st.booleans()))


@st.composite
def configurations(draw: st.DrawFn, kinds: frozenset[str]) -> Snapshot:
    """Desired state in the repository's own form, of these kinds."""
    found: dict[str, Body] = {}
    sets = draw(st.lists(names, max_size=2, unique=True))
    for name in sets:
        body: Body = {"values": draw(_values())}
        for attribute, value in (("label", labels), ("restricted", st.booleans()), ("sorted", st.booleans())):
            if draw(st.integers(0, 2)) == 0:
                body[attribute] = draw(value)  # type: ignore[arg-type]
        found[address("Picklist", name)] = body
    stage_sets = draw(st.lists(names, max_size=1))
    for name in stage_sets:
        found[address("StageSet", name)] = {"stages": draw(_values(stages=True))}
    objects = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    for name in objects:
        found[address("Object", name)] = draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "label": labels,
                    "tags": st.just(["b", "a"]),
                    "activities": st.booleans(),
                    "golden_record": st.just({"required": ["Name"]}),
                },
            )
        )
        for field_name in draw(st.lists(names, max_size=4, unique=True)):
            found[address("Field", field_name, name)] = draw(field(objects, sets + stage_sets))
    fields = {text: body for text, body in found.items() if kind_of(text) == "Field"}
    found.update(draw(_others(objects, fields)))
    chosen = {text: canonical_body(kind_of(text), body) for text, body in found.items() if kind_of(text) in kinds}
    return Snapshot.of("configuration", chosen)


@st.composite
def _others(draw: st.DrawFn, objects: list[str], fields: dict[str, Body]) -> dict[str, Body]:
    """Up to five resources of other kinds, which speak of these objects and fields."""
    name, parent = draw(names), draw(st.sampled_from(objects))
    own = {parse(text).name: body for text, body in fields.items() if parse(text).parent == parent}
    bodies: dict[str, Any] = {
        address("PermissionSet", name): _permissions(objects, parent, sorted(own)),
        address("Pipeline", name, parent): st.fixed_dictionaries(
            {"stages": st.lists(names, max_size=3, unique=True)}, optional={"active": st.booleans()}
        ),
        address("Validation", name, parent): st.one_of(
            st.just({"active": True, "reject_when": {"any": [{"field": "Name", "op": "in", "value": ["x", 1, True]}]}}),
            st.fixed_dictionaries(
                {"formula": texts, "message": texts}, optional={"active": st.booleans(), "description": labels}
            ),
        ),
        address("RecordType", name, parent): _record_type(own),
        address("Role", name): st.fixed_dictionaries(
            {}, optional={"parent": names, "grants": st.lists(names, max_size=1), "label": labels}
        ),
        address("Team", name): st.fixed_dictionaries(
            {"type": st.just("queue"), "members": st.just({"roles": ["Role B", "Role A"]}), "covers": st.just({})},
            optional={"objects": st.just([parent]), "label": labels},
        ),
        address("Automation", name): st.just(
            {"trigger": {"on": "created"}, "actions": [{"name": "t", "type": "create_task", "due_days": 1.5}]}
        ),
        address("Automation", name, parent): _routing(),
        address("Layout", name, parent): _layout(sorted(own)),
        address("Setting", name): st.just({"values": {"on": True, "level": 3, "nothing": None}}),
    }  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(sorted(bodies)), max_size=5, unique=True))
    return {text: draw(bodies[text]) for text in chosen}


@st.composite
def _permissions(draw: st.DrawFn, objects: list[str], parent: str, fields: list[str]) -> Body:
    """Access to some objects, and to fields of one of them."""
    access = st.fixed_dictionaries({}, optional={"read": st.one_of(st.none(), st.booleans()), "export": st.booleans()})
    body: Body = {"objects": draw(st.dictionaries(st.sampled_from(objects), access, max_size=2))}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "label": labels,
        "includes": st.lists(names, max_size=2),
        "native": st.just({"other": {"x": 1}}),
        "capabilities": st.dictionaries(st.sampled_from(["ViewSetup", "RunReports"]), st.booleans()),
        "tabs": st.dictionaries(st.sampled_from(["standard-Case", "T"]), st.sampled_from(["visible", "hidden"])),
    }
    if fields:
        rows = st.dictionaries(st.sampled_from(fields), st.sampled_from(["read", "edit", "none"]), max_size=3)
        optional["fields"] = st.fixed_dictionaries({parent: st.fixed_dictionaries({"fields": rows})})
    return body | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _record_type(draw: st.DrawFn, fields: dict[str, Body]) -> Body:
    """A record type that offers some values of the picklists of its object."""
    body: Body = draw(st.fixed_dictionaries({"active": st.booleans()}, optional={"label": labels}))
    picklists: Body = {"Status": ["New"]}
    for name, field_body in fields.items():
        values = [row if isinstance(row, str) else row["name"] for row in field_body.get("values") or ()]
        if values and draw(st.booleans()):
            picklists[name] = {"values": draw(st.lists(st.sampled_from(values), unique=True)), "default": values[0]}
    return {**body, "picklists": picklists}


@st.composite
def _layout(draw: st.DrawFn, fields: list[str]) -> Body:
    """A layout of one or two sections."""
    shown = draw(st.lists(st.sampled_from([*fields, "Name", "Other"]), max_size=3, unique=True))
    sections = [{"name": "Top", "fields": [shown[0], *({"name": name} for name in shown[1:])]}] if shown else []
    return {"sections": [*sections, {"name": "End", "fields": []}] if draw(st.booleans()) else sections}


@st.composite
def _routing(draw: st.DrawFn) -> Body:
    """New records handed to teams by the value of one field."""
    values = draw(st.lists(texts.filter(str.strip), max_size=3, unique=True))
    cases = [
        {"name": f"c{n}", "when": {"all": [{"field": "Name", "op": "equals", "value": value}]}, "to": {"team": f"T{n}"}}
        for n, value in enumerate(values)
    ]
    route: Body = {"name": "r", "type": "route", "cases": cases}
    if draw(st.booleans()):
        route["otherwise"] = {"team": "Rest"}
    return {"active": draw(st.booleans()), "trigger": {"on": "created"}, "actions": [route]}
