"""The invented records fit the configuration that production has, and are the same every time."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crmgov.cli.demo.history import read, shipped, states
from crmgov.cli.demo.random_state import Row
from crmgov.cli.demo.records import USERS, sales, users
from crmgov.cli.demo.records_service import service
from crmgov.load.tree import load_tree
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot

OBJECTS = [
    "Account", "Contact", "Product", "Campaign", "Lead", "CampaignMember", "Opportunity", "Quote", "QuoteLine",
    "Contract", "Subscription", "Case",
]  # fmt: skip
TEXTS = {"text", "textarea", "richtext", "email", "phone", "url", "autonumber", "picklist"}


def made(scale: float) -> dict[str, list[Row]]:
    tables = {records.object: records.rows for records in sales(scale)}
    return {**tables, **{records.object: records.rows for records in service(tables, scale)}}


@cache
def whole() -> dict[str, list[Row]]:
    return made(1)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("first")
    _, tree = next(states(read(shipped())))
    for path, text in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return load_tree(folder, cache=False).snapshot


def fields(snapshot: Snapshot, name: str) -> dict[str, Body]:
    return {at.name: snapshot.body(a) for a, at in snapshot.of_kind("Field") if at.parent == name}


def offered(snapshot: Snapshot, field: Body) -> set[str]:
    """All values a picklist field can hold."""
    shared = field.get("picklist")
    if shared is None:
        return {value["name"] for value in field["values"]}
    kind, key = ("Picklist", "values") if f"Picklist/{shared}" in snapshot else ("StageSet", "stages")
    return {value["name"] for value in snapshot.body(f"{kind}/{shared}")[key]}


def fits(value: Any, field: Body, values: set[str]) -> bool:
    kind = field["type"]
    if kind == "picklist":
        return value in values
    if kind == "multipicklist":
        return isinstance(value, list) and set(value) <= values
    if kind in TEXTS:
        return isinstance(value, str) and value != "" and len(value) <= field.get("length", 10**6)
    if kind in ("integer", "user", "lookup", "master_detail"):
        return type(value) is int
    if kind in ("decimal", "currency", "percent"):
        whole_digits = field["precision"] - field["scale"]
        return isinstance(value, int | float) and abs(value) < 10**whole_digits and round(value, 2) == value
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "geolocation":
        return isinstance(value, tuple) and -90 <= value[0] <= 90 and -180 <= value[1] <= 180
    parser = {"date": date.fromisoformat, "datetime": datetime.fromisoformat, "time": time.fromisoformat}[kind]
    return bool(str(parser(value)) == value)


def test_there_are_enough_in_parents_first_order() -> None:
    assert list(whole()) == OBJECTS
    assert sum(len(rows) for rows in whole().values()) >= 20_000


def test_they_are_the_same_every_time() -> None:
    assert made(0.02) == made(0.02)
    assert users() == users()


@pytest.mark.parametrize("scale", [0.001, 0.1])
def test_few_records_point_only_at_each_other(scale: float, first: Snapshot) -> None:
    assert dangling(made(scale), first) == []


def test_all_records_point_only_at_each_other(first: Snapshot) -> None:
    assert dangling(whole(), first) == []


def dangling(tables: dict[str, list[Row]], snapshot: Snapshot) -> list[str]:
    found = []
    for name, rows in tables.items():
        for field, body in fields(snapshot, name).items():
            most = USERS if body["type"] == "user" else len(tables.get((body.get("references") or [""])[0], []))
            if body["type"] in ("user", "lookup", "master_detail"):
                held = (row.get(field) for row in rows)
                found += [
                    f"{name}.{field}" for v in held if v is not None and not (isinstance(v, int) and 1 <= v <= most)
                ]
    return found


@pytest.mark.parametrize("name", OBJECTS)
def test_every_value_fits_its_field(name: str, first: Snapshot) -> None:
    known = fields(first, name)
    for field in {key for row in whole()[name] for key in row}:
        body = known[field]
        assert body["type"] not in ("formula", "rollup"), field
        values = offered(first, body) if body["type"] in ("picklist", "multipicklist") else set()
        for row in whole()[name]:
            value = row.get(field)
            assert value is None or fits(value, body, values), (field, value)


@pytest.mark.parametrize("name", OBJECTS)
def test_required_values_are_there_and_unique_ones_differ(name: str, first: Snapshot) -> None:
    for field, body in fields(first, name).items():
        held = [row.get(field) for row in whole()[name]]
        if body.get("required"):
            assert None not in held, field
        if body.get("unique"):
            filled = [value for value in held if value is not None]
            assert len(set(map(str, filled))) == len(filled), field


def share(name: str, field: str) -> float:
    rows = whole()[name]
    return sum(row[field] is None for row in rows) / len(rows)


def test_what_the_plan_is_about_is_there_to_be_counted() -> None:
    assert 0.02 < 1 - share("Lead", "FaxNumber") < 0.06
    assert 0.5 < 1 - share("Opportunity", "Rival") < 0.7
    assert 0.15 < share("Opportunity", "TermMonths") < 0.25


def test_blanks_that_automations_stumble_over_are_there() -> None:
    assert 0.1 < share("Lead", "Region") < 0.25
    assert 0.05 < share("Contract", "EndDate") < 0.15
