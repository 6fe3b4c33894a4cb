"""Values are safe before a step destroys them, or the step is not made."""

import datetime
import io
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmgov.apply.exports import ClosedStore, ExportError, FileStore
from crmgov.apply.places import NoPlace, Place, place_of
from crmgov.ledger.entries import ExportPurged, ExportRecorded
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import digest
from crmgov.model.plans import Plan
from crmgov.report.history import render
from tests.apply.crm import FileCrm, problem
from tests.apply.world import FIRST, NOW, brought, codes, plan_of, run, spec

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra: records)")
pyrage = pytest.importorskip("pyrage", reason="pyrage is not installed (extra: records)")

ROWS = [[1, "secret one"], [2, "secret two"], [3, None]]
KEPT = {address: body for address, body in FIRST.items() if address != "Field/Lead.Source"}


@pytest.fixture
def removing(crm: FileCrm, ledger: Ledger) -> Plan:
    """A plan that removes a field with values."""
    brought(crm, ledger, FIRST, commit="c1")
    crm.fill("Field/Lead.Source", ROWS)
    return plan_of(crm, ledger, KEPT, commit="c2", descends=("c1",))


def place(root: Path, *recipients: str) -> Place:
    return Place(root=root, folder=".crmgov/exports", environment="test", recipients=recipients)


def read(data: bytes) -> list[dict[str, Any]]:
    return list(pq.read_table(io.BytesIO(data)).to_pylist())


def test_without_a_place_nothing_with_values_is_removed(crm: FileCrm, ledger: Ledger, removing: Plan) -> None:
    result = run(crm, ledger, removing)
    assert (result.status, result.stage, codes(result)) == ("refused", "exports", ["APPLY013"])
    assert "Field/Lead.Source holds values" in result.diagnostics[0].message
    assert crm.state()["records"]["Field/Lead.Source"] == ROWS
    assert ledger.holder() is None
    crm.fill("Field/Lead.Source", [])
    assert run(crm, ledger, removing).status == "done"


def test_values_that_come_in_at_the_last_moment_are_not_destroyed_either(
    crm: FileCrm, ledger: Ledger, removing: Plan
) -> None:
    crm.fill("Field/Lead.Source", [])

    def crash(point: str) -> None:
        if point == "after intent 0":
            crm.fill("Field/Lead.Source", ROWS)

    result = run(crm, ledger, removing, crash=crash)
    assert (result.status, result.counts) == ("failed", {"failed": 1})
    assert "there is no place for them" in result.outcomes[0].message
    assert crm.state()["records"]["Field/Lead.Source"] == ROWS
    assert "Field/Lead.Source" in ledger.baseline().heads


def test_values_are_exported_encrypted_and_the_ledger_knows(
    crm: FileCrm, ledger: Ledger, tmp_path: Path, removing: Plan
) -> None:
    mine = pyrage.x25519.Identity.generate()
    result = run(crm, ledger, removing, place=place(tmp_path, str(mine.to_public())))
    assert result.status == "done"
    (export,) = result.exports
    assert (export.address, export.rows, export.encrypted) == ("Field/Lead.Source", 3, True)
    path = tmp_path / export.file
    data = path.read_bytes()
    assert b"secret" not in data
    assert digest(data) == export.digest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read(pyrage.decrypt(data, [mine])) == [{"id": i, "value": value} for i, value in ROWS]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(data, [pyrage.x25519.Identity.generate()])
    assert [entry.what for entry in ledger.entries() if isinstance(entry.what, ExportRecorded)] == [export]
    assert not any("secret" in str(entry) for entry in ledger.entries())
    assert "Field/Lead.Source" not in crm.resources()


def test_an_export_that_fails_stops_the_removal(crm: FileCrm, ledger: Ledger, tmp_path: Path, removing: Plan) -> None:
    (tmp_path / ".crmgov").write_text("a file where a folder should be")
    result = run(crm, ledger, removing, place=place(tmp_path))
    assert (result.status, result.counts) == ("failed", {"failed": 1})
    assert "could not be exported" in result.outcomes[0].message
    assert "Field/Lead.Source" in crm.resources()


def test_a_provider_that_cannot_read_its_values_stops_the_removal(
    crm: FileCrm, ledger: Ledger, tmp_path: Path, removing: Plan
) -> None:
    crm.breaks = {"export": [problem("table is locked")]}
    result = run(crm, ledger, removing, place=place(tmp_path))
    assert "table is locked" in result.outcomes[0].message
    assert crm.state()["records"]["Field/Lead.Source"] == ROWS


def test_no_file_is_ever_written_over(tmp_path: Path) -> None:
    for attempt in (1, 2):
        store = FileStore(place(tmp_path), "r1", 0)
        assert store.save("Field/Lead.Source", ["id", "value"], iter([(attempt, "x")])) == 1
    files = sorted((tmp_path / ".crmgov/exports/test/r1").iterdir())
    assert [read(file.read_bytes())[0]["id"] for file in files] == [1, 2]


def test_many_rows_go_to_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmgov.apply.exports._PART", 10)
    store = FileStore(place(tmp_path), "r1", 0)
    assert store.save("Object/Lead", ["id"], ((number,) for number in range(25))) == 25
    assert [export.rows for export in store.written] == [10, 10, 5]
    found = [row["id"] for export in store.written for row in read((tmp_path / export.file).read_bytes())]
    assert found == list(range(25))


def test_nothing_is_written_for_what_holds_nothing(tmp_path: Path) -> None:
    store = FileStore(place(tmp_path), "r1", 0)
    assert store.save("Field/Lead.Source", ["id", "value"], iter([])) == 0
    assert store.written == []
    assert list(tmp_path.iterdir()) == []


def test_rows_of_another_width_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="do not have 2 columns"):
        FileStore(place(tmp_path), "r1", 0).save("Object/Lead", ["id", "value"], iter([(1,)]))


def test_a_file_that_does_not_read_back_equal_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"torn")
    with pytest.raises(ExportError, match="does not read back equal"):
        FileStore(place(tmp_path), "r1", 0).save("Object/Lead", ["id"], iter([(1,)]))


def test_an_address_cannot_lead_a_file_elsewhere(tmp_path: Path) -> None:
    store = FileStore(place(tmp_path), "../../r1", 0)
    store.save('Field/"../../../etc".passwd\u0000', ["id"], iter([(1,)]))
    path = (tmp_path / store.written[0].file).resolve()
    assert path.is_relative_to(tmp_path / ".crmgov/exports")


VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary() | st.decimals(
    allow_nan=False, allow_infinity=False, places=2) | st.dates() | st.datetimes()  # fmt: skip


@given(rows=st.lists(st.tuples(st.integers(0, 9), VALUES, VALUES), min_size=1, max_size=8))
def test_values_of_any_type_are_kept(rows: list[tuple[object, ...]]) -> None:
    from crmgov.apply.exports import _parquet

    table = read(_parquet(["id", "a", "b"], rows))
    assert [row["id"] for row in table] == [row[0] for row in rows]
    for name, index in (("a", 1), ("b", 2)):
        values = [row[index] for row in rows]
        types = {type(value) for value in values if value is not None}
        kept = [row[name] for row in table]
        if len(types) <= 1 and kept == values:
            continue
        assert [value is None for value in kept] == [value is None for value in values]
        for value, text in zip(values, kept, strict=True):
            plain = value.hex() if isinstance(value, bytes) else str(value)
            assert text is None or text == f"{type(value).__name__}:{plain}"


@pytest.mark.parametrize(
    ("more", "embedded", "expected"),
    [
        ({}, True, (".crmgov/exports", 0)),
        ({}, False, "only an unprotected embedded environment"),
        ({"protection": {"approvals": {"count": 1}}}, True, "only an unprotected embedded environment"),
        ({"exports": {"store": "safe"}}, True, ("safe", 0)),
        ({"exports": {"store": "safe"}}, False, "no exports with recipients"),
        ({"exports": {"store": "../safe", "recipients": []}}, True, "out of the repository"),
        (
            {"exports": {"store": "safe", "recipients": ["nonsense"]}},
            False,
            "1 of the recipients are no age public keys",
        ),
        ({"exports": {"store": "safe", "recipients": ["KEY"]}}, False, ("safe", 1)),
    ],
)
def test_which_place_an_environment_names(tmp_path: Path, more: dict[str, Any], embedded: bool, expected: Any) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    if more.get("exports", {}).get("recipients") == ["KEY"]:
        more = {"exports": {"store": "safe", "recipients": [key]}}
    found = place_of(spec(**more), "test", tmp_path, embedded=embedded)
    if isinstance(expected, str):
        assert isinstance(found, NoPlace)
        assert expected in found.reason
    else:
        assert isinstance(found, Place)
        assert (found.folder, len(found.recipients)) == expected


def test_without_the_libraries_the_install_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmgov.apply.places.find_spec", lambda _: None)
    found = place_of(spec(), "test", tmp_path, embedded=True)
    assert isinstance(found, NoPlace)
    assert "pip install 'crmgov[records]'" in found.reason


def test_a_closed_store_takes_what_is_empty() -> None:
    store = ClosedStore(NoPlace("none"))
    assert store.save("Object/Lead", ["id"], iter([])) == 0
    with pytest.raises(ExportError, match="there is no place for them: none"):
        store.save("Object/Lead", ["id"], iter([(datetime.date(2026, 1, 1),)]))


def test_exported_values_are_removed_when_their_time_is_over(
    crm: FileCrm, ledger: Ledger, tmp_path: Path, removing: Plan
) -> None:
    kept = spec(exports={"store": ".crmgov/exports", "retention_days": 30})
    (export,) = run(crm, ledger, removing, place=place(tmp_path), spec=kept, commit="c2").exports
    more = {**KEPT, "Object/Deal": {"label": "Deal"}}
    for days, there in ((29, True), (31, False)):
        more["Object/Deal"] = {"label": f"Deal {days}"}
        moment = NOW + datetime.timedelta(days=days)
        brought(crm, ledger, more, commit="c3", place=place(tmp_path), spec=kept, now=moment)
        assert (tmp_path / export.file).exists() is there
    purged = [entry.what for entry in ledger.entries() if isinstance(entry.what, ExportPurged)]
    assert purged == [ExportPurged(file=export.file, digest=export.digest, found=True)]
    assert list(ledger.verify()) == []
    assert f"exported values removed after their time: {export.file}" in render(
        "test", [*ledger.entries()], "human", full=True
    )
    brought(crm, ledger, KEPT, commit="c4", place=place(tmp_path), spec=kept, now=moment)
    assert len([entry for entry in ledger.entries() if isinstance(entry.what, ExportPurged)]) == 1


def test_values_that_cannot_be_removed_are_told_and_tried_again(
    crm: FileCrm, ledger: Ledger, tmp_path: Path, removing: Plan
) -> None:
    kept = spec(exports={"store": ".crmgov/exports", "retention_days": 30})
    (export,) = run(crm, ledger, removing, place=place(tmp_path), spec=kept, commit="c2").exports
    moment, folder = NOW + datetime.timedelta(days=31), (tmp_path / export.file).parent
    away = folder.rename(tmp_path / "away")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    away.rename(outside)
    folder.symlink_to(outside)
    result = brought(
        crm, ledger, {**KEPT, "Object/Deal": {}}, commit="c3", place=place(tmp_path), spec=kept, now=moment
    )
    assert (result.status, codes(result)) == ("done", ["APPLY023"])
    assert list(outside.iterdir())
    folder.unlink()
    result = brought(crm, ledger, KEPT, commit="c4", place=place(tmp_path), spec=kept, now=moment)
    assert codes(result) == []
    purged = [entry.what for entry in ledger.entries() if isinstance(entry.what, ExportPurged)]
    assert [one.found for one in purged] == [False]
