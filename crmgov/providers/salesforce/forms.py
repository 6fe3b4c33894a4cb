"""Bodies of each kind in the form in which reading gives them. Names are still those of the snapshot."""

# ruff: noqa: ARG001 - one signature for all kinds

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from crmgov.model.address import Address, parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.providers.salesforce.compile import NotExact, formula_of
from crmgov.providers.salesforce.mapping import TYPES
from crmgov.providers.salesforce.mapping.base import Context
from crmgov.providers.salesforce.mapping.criteria import value_of
from crmgov.providers.salesforce.mapping.items import NATIVE, get
from crmgov.providers.salesforce.mapping.layouts import unique
from crmgov.providers.salesforce.mapping.picklists import STAGE_FIELDS
from crmgov.providers.salesforce.mapping.rules import ACTION, write_rule
from crmgov.providers.salesforce.naming import Names
from crmgov.providers.salesforce.natives import allowed_native


class Trouble(NamedTuple):
    """Something the vendor cannot hold: where, what, and the way out."""

    route: Route
    message: str
    mend: str
    harmless: bool = False


Tell = Callable[[Trouble], None]


def native_form(where: Address, body: Body, names: Names, tell: Tell) -> Body | None:
    """A body in the vendor's form; None where it cannot be held at all."""
    form = _FORMS.get(where.kind)
    result = {name: _text(value) for name, value in body.items() if name != "native"}
    own = get(body, NATIVE)
    native = {name: value for name, value in own.items() if name != "name"} if isinstance(own, dict) else {}
    kept = allowed_native(where.kind, body, native)
    for name in native:
        if name not in kept:
            message = f"native.salesforce.{name} is no attribute that crmgov writes"
            tell(Trouble(("native", "salesforce", name), message, "Remove it, and set it in the vendor's own file."))
    if kept:
        result["native"] = {"salesforce": kept}
    return result if form is None else form(where, result, names, tell)


def _text(value: Any) -> Any:
    """A text as a file gives it back: without blanks around it, ends of lines as one character."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text or None


def _field(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    kind = body.get("type")
    if kind == "user":
        body["type"] = "lookup"
        body.setdefault("references", ["User"])
    if kind == "file":
        message = "Salesforce keeps files beside records, not in fields"
        tell(Trouble(("type",), message, "Use a url field, or the Files related list."))
        del body["type"]
    if kind == "integer" or body.get("returns") == "integer":
        body.pop("scale", None)
    if kind == "master_detail":
        # The vendor implies both and refuses to be told.
        body.pop("required", None)
        body.pop("on_delete", None)
    if body.get("values"):
        body["values"] = [_value(row) for row in body["values"]]
    if get(body, ("rollup", "when")) is not None:
        body["rollup"] = {**body["rollup"], "when": _criterion(body["rollup"]["when"])}
    return body


def _value(row: Any) -> Any:
    """A picklist value without other providers' attributes."""
    if not isinstance(row, dict) or "native" not in row:
        return row
    own = get(row, NATIVE)
    rest = {name: value for name, value in row.items() if name != "native"}
    return {**rest, "native": {"salesforce": own}} if own else rest


def _values(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    for key in ("values", "stages"):
        if isinstance(body.get(key), list):
            body[key] = [_value(row) for row in body[key]]
    if where.kind == "StageSet":
        # Reading gives the field that the vendor's set belongs to, so normal form says it too.
        body["field"] = STAGE_FIELDS[parse(names.native[where.resource]).name]
    if body.get("restricted") is True:
        del body["restricted"]
    return body


def _validation(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    condition = body.pop("reject_when", None)
    if condition is None or body.get("formula"):
        return body
    owner = str(where.parent)

    def type_of(path: str) -> str | None:
        return None if "." in path else (names.field_body(owner, path) or {}).get("type")

    try:
        body["formula"] = _respelt(formula_of(condition, type_of), owner, names, condition)
    except NotExact as error:
        message = f"the condition cannot be said exactly in a Salesforce formula ({error})"
        tell(Trouble(("reject_when",), message, "Write the condition under formula, in Salesforce's own language."))
    return body


def _respelt(formula: str, owner: str, names: Names, condition: Body) -> str:
    """The formula with the native names of the fields of a condition."""
    fields = {name: names.field(owner, name) for name in _fields_of(condition)}
    if not any(name != native for name, native in fields.items()):
        return formula
    words = "|".join(re.escape(name) for name in sorted(fields, key=len, reverse=True))
    pattern = re.compile(rf'"(?:[^"\\]|\\.)*"|(?<![\w$.])({words})(?![\w(.])')
    return pattern.sub(lambda match: fields[match[1]] if match[1] else match[0], formula)


def _fields_of(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return set().union(*(_fields_of(inner) for inner in condition)) if condition else set()
    if not isinstance(condition, dict):
        return set()
    own = {condition[key] for key in ("field", "other_field") if isinstance(condition.get(key), str)}
    return own.union(*(_fields_of(condition[key]) for key in ("all", "any", "not") if condition.get(key) is not None))


def _record_type(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    picklists = body.get("picklists")
    if not isinstance(picklists, dict):
        return body
    result = {}
    for field, choice in picklists.items():
        if choice != "all":
            result[field] = choice
            continue
        known = names.picked(str(where.parent), field)
        if known is None:
            message = f"the values of {field} are not known, so not all of them can be listed"
            tell(Trouble(("picklists", field), message, "List the values by name."))
        else:
            result[field] = {"values": known}
    return {**body, "picklists": result}


def _permissions(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    objects = body.get("objects")
    if isinstance(objects, dict):
        body["objects"] = {name: _bulk(name, row, tell) for name, row in objects.items()}
    fields = body.get("fields")
    if isinstance(fields, dict):
        body["fields"] = {owner: _rows(owner, rows, names) for owner, rows in fields.items()}
    if not body.get("profile"):
        body.pop("profile", None)
        _undefaulted(body, tell)
    return body


def _undefaulted(body: Body, tell: Tell) -> None:
    """Permission sets choose no default app or record type."""
    rows: list[tuple[Route, Any]] = [(("apps", name), row) for name, row in (body.get("apps") or {}).items()]
    for owner, kinds in (body.get("record_types") or {}).items():
        rows.extend((("record_types", owner, name), row) for name, row in kinds.items())
    for route, row in rows:
        for name in ("default", "person_default"):
            if isinstance(row, dict) and row.pop(name, None):
                message = f"{route[-1]} can be the default in a profile only"
                tell(Trouble((*route, name), message, "Set it in a profile (profile: true), or leave it out here."))


_BULK = {"export": "ExportReport and WeeklyDataExport", "import": "ImportLeads or ImportCustomObjects"}


def _bulk(owner: str, row: Any, tell: Tell) -> Any:
    if not isinstance(row, dict):
        return row
    for name, capability in _BULK.items():
        if row.get(name) is not None:
            message = f"Salesforce grants {name} for all objects at once, not for {owner}"
            mend = f"Use capabilities: {capability}."
            tell(Trouble(("objects", owner, name), message, mend, harmless=row[name] is False))
    return {name: value for name, value in row.items() if name not in _BULK}


def _rows(owner: str, rows: Any, names: Names) -> Any:
    """Field rows with the default written out for every field of the object in the tree."""
    if not isinstance(rows, dict) or "default" not in rows:
        return rows
    default, listed = rows["default"], dict(rows.get("fields") or {})
    if default is not None:
        folded = {name.lower() for name in listed}
        for name, field in names.fields_of(owner):
            sensitive = field.get("sensitivity") in ("confidential", "restricted")
            fixed = field.get("required") is True or field.get("type") == "master_detail"
            if name.lower() not in folded and not sensitive and not fixed:
                derived = field.get("type") in ("formula", "rollup", "autonumber")
                listed[name] = "read" if derived and default == "edit" else default
    return {"fields": listed}


def _team(where: Address, body: Body, names: Names, tell: Tell) -> Body:
    if body.get("type") == "group" and body.get("members"):
        message = "members of public groups are not part of Salesforce's metadata"
        tell(Trouble(("members",), message, "Leave members out here, and keep them in Setup."))
        del body["members"]
    return body


_OPAQUE = tuple(f".{kind.form.suffix}" for kind in TYPES.values() if kind.kind == "Automation" and kind.opaque)


def _automation(where: Address, body: Body, names: Names, tell: Tell) -> Body | None:
    if body.get("body") == "opaque" or body.get("body_file") is not None:
        path = str(get(body, ("body_file", "path")) or "")
        if path and not path.removesuffix("-meta.xml").endswith(_OPAQUE):
            message = f"{path} is no file of Salesforce"
            tell(Trouble(("body_file", "path"), message, "Leave it out here with an overlay (exclude)."))
            return None
        # What an opaque body does stands in its own file.
        shown = ("label", "description", "active", "body", "body_file", "native")
        return {"body": "opaque", **{name: body[name] for name in shown if name in body}}
    way_out = "Keep it as a flow beside the YAML (body: opaque), or leave it out here with an overlay (exclude)."
    actions = body.get("actions") or []
    route = actions[0] if len(actions) == 1 and actions[0].get("type") == "route" else None
    if route is None or where.parent is None or names.object(where.parent) not in ("Lead", "Case"):
        message = "of structured automations, Salesforce files hold the routing of leads and cases only"
        tell(Trouble(("actions",), message, way_out))
        return None
    cases: list[Body] = []
    for case in route.get("cases") or ():
        target = case.get("to") or {}
        name = unique(str(target.get("team") or target.get("user")), {one["name"] for one in cases})
        when = {"when": _criterion(case["when"])} if case.get("when") else {}
        cases.append({**case, **when, "name": name})
    kept: Body = {name: body[name] for name in ("active", "native") if name in body}
    action: Body = {"name": ACTION, "type": "route", "cases": cases}
    if route.get("otherwise"):
        action["otherwise"] = route["otherwise"]
    result: Body = {**kept, "body": "structured", "trigger": {"on": "created"}, "actions": [action]}
    targets = [*(case.get("to") or {} for case in cases), *([route["otherwise"]] if route.get("otherwise") else [])]
    plain = all(set(target) in ({"team"}, {"user"}) for target in targets)
    rest = {key for key in ("when", "otherwise") if body.get(key)} | (
        set(route) - {"name", "type", "cases", "otherwise"}
    )
    created = get(body, ("trigger", "on")) in (None, "created")
    if not plain or rest or not created or write_rule(result, Context(where.parent, "")) is None:
        message = "this routing says more than an assignment rule of Salesforce can"
        tell(Trouble(("actions",), message, f"{way_out} Rules hand to one queue or user, on creation."))
        return None
    return result


def _criterion(value: Any) -> Any:
    """A criterion with values as a filter gives them back."""
    if isinstance(value, list):
        return [_criterion(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    result = {key: _criterion(inner) if key in ("all", "any", "not") else inner for key, inner in value.items()}
    if "value" in result:
        held = result["value"]
        result["value"] = [_plain(one) for one in held] if isinstance(held, list) else _plain(held)
        if isinstance(held, list) and len(held) == 1 and result.get("op") == "in":
            result.update(op="equals", value=result["value"][0])
    return result


def _plain(value: Any) -> Any:
    return value_of(value.strip()) if isinstance(value, str) else value


_TAG = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")


def _setting(where: Address, body: Body, names: Names, tell: Tell) -> Body | None:
    mend = "Write the vendor's own name, as in the files that pull writes."
    if not _TAG.match(where.name):
        tell(Trouble((), f"Salesforce has no settings named {where.name}", mend))
        return None
    values = body.get("values")
    if isinstance(values, dict):
        for name in [name for name in values if not _TAG.match(name)]:
            tell(Trouble(("values", name), f"Salesforce has no switch named {name}", mend))
        body["values"] = {name: value for name, value in values.items() if _TAG.match(name)}
    return body


_FORMS: dict[str, Callable[[Address, Body, Names, Tell], Body | None]] = {
    "Field": _field,
    "Picklist": _values,
    "StageSet": _values,
    "Validation": _validation,
    "RecordType": _record_type,
    "PermissionSet": _permissions,
    "Team": _team,
    "Automation": _automation,
    "Setting": _setting,
}
