"""Values about to be destroyed are handed over first, completely or with a word of what is missing."""

from collections.abc import Sequence

from crmgov.model.operations import Operation
from crmgov.model.provider import Rows
from tests.providers.sql.databases import Db, done


class Store:
    """Keeps what it is given; writes at most ``room`` rows of each."""

    def __init__(self, room: int = 10**6) -> None:
        self.saved: dict[str, tuple[list[str], list[tuple[object, ...]]]] = {}
        self._room = room

    def save(self, address: str, columns: Sequence[str], rows: Rows) -> int:
        kept = [row for _, row in zip(range(self._room), rows, strict=False)]
        self.saved[address] = (list(columns), kept)
        return len(kept)


def steps(*addresses: str) -> list[Operation]:
    return [Operation(step=n, action="remove", address=address) for n, address in enumerate(addresses, 1)]


def test_filled_values_of_removed_fields_are_handed_over(db: Db) -> None:
    config = {
        "Object/Lead": {},
        "Field/Lead.F": {"type": "text"},
        "Field/Lead.G": {"type": "geolocation"},
        "Field/Lead.M": {"type": "multipicklist", "values": [{"name": "a"}, {"name": "b"}]},
        "Field/Lead.Empty": {"type": "text"},
        "Field/Lead.Calc": {"type": "formula"},
    }
    assert done(db.want(config))
    db.insert("Lead", [{"F": "x", "G.latitude": 1.5, "G.longitude": 2.5}, {"F": ""}, {"F": None}, {"F": "y"}])
    db.insert("crmgov_links_Lead.M", [{"record": 4, "value": "b"}, {"record": 4, "value": "a"}])
    store = Store()
    removed = steps(
        "Field/Lead.F", "Field/Lead.G", "Field/Lead.M", "Field/Lead.Empty", "Field/Lead.Calc", "Field/Lead.Gone"
    )
    assert db.provider.export(removed, store) == []
    assert store.saved == {
        "Field/Lead.F": (["id", "F"], [(1, "x"), (4, "y")]),
        "Field/Lead.G": (["id", "G.latitude", "G.longitude"], [(1, 1.5, 2.5)]),
        "Field/Lead.M": (["record", "M"], [(4, "a"), (4, "b")]),
    }


def test_a_removed_object_is_handed_over_whole_and_once(db: Db) -> None:
    assert done(db.want({"Object/Lead": {}, "Field/Lead.F": {"type": "text"}, "Object/Empty": {}}))
    db.insert("Lead", [{"F": "x"}, {"F": None}])
    store = Store()
    assert db.provider.export(steps("Field/Lead.F", "Object/Lead", "Object/Empty", "Object/Gone"), store) == []
    assert store.saved == {"Object/Lead": (["id", "F"], [(1, "x"), (2, None)])}


def test_a_store_that_keeps_too_little_is_told(db: Db) -> None:
    assert done(db.want({"Object/Lead": {}, "Field/Lead.F": {"type": "text"}}))
    db.insert("Lead", [{"F": f"secret {n}"} for n in range(50)])
    (told,) = db.provider.export(steps("Field/Lead.F"), Store(room=20))
    assert told.code == "SQL009"
    assert "50" in told.message
    assert "secret" not in str(told)


def test_nothing_is_exported_for_what_destroys_nothing(db: Db) -> None:
    assert done(db.want({"Object/Lead": {}, "Role/R": {}}))
    store = Store()
    modify = Operation(step=1, action="modify", address="Object/Lead", before={}, after={"label": "x"})
    assert db.provider.export([modify, *steps("Role/R")], store) == []
    assert store.saved == {}
