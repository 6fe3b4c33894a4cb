"""Files, folders, zips and maps: what is read, what is left alone, and that nothing stays behind."""

import os
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmgov.audit.records import exported, staging, text
from tests.audit.records.export import codes, count, lines, message, opened, reason

LEADS = lines(["Email,Company", "a@x.y,A", "b@x.y,"])
ACCOUNTS = {"Lead": {"Email": "email", "Company": "text"}, "Account": {"Name": "text"}, "Sales Call": {"Name": "text"}}


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary folders are made in a folder of the test's own, which is empty afterwards."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.glob(f"{staging.PREFIX}*")) == []


def zipped(path: Path, members: dict[str, bytes], **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes.get(name.partition(".")[0], 0)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def test_a_zip_of_a_weekly_export_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "WE_1.ZIP", {"Lead.csv": LEADS, "deep/Accounts.csv": lines(["Name", "A"]), "Attachments/1": b"x"})  # fmt: skip
    with opened(path, ACCOUNTS) as records:
        assert (count(records), count(records, name="Account")) == (2, 1)
        assert codes(records) == []
    with opened(tmp_path, ACCOUNTS) as records:
        assert "1 .zip" in message(records, "FILES012")


@pytest.mark.parametrize("name", ["../Lead.csv", "/Lead.csv", "C:\\Lead.csv", "a/../../Lead.csv", "..\\Lead.csv"])
def test_a_member_that_leads_out_is_left_alone_and_told(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "export.zip", {name: LEADS, "Account.csv": lines(["Name", "A"])})
    with opened(path, ACCOUNTS) as records:
        assert set(records.holdings()) == {"Account"}
        assert "leads out of the folder" in message(records, "FILES012")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["export.zip"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "export.zip", {"Lead.csv": b"/etc/passwd"}, Lead=0o120777 << 16)
    with opened(path) as records:
        assert (dict(records.holdings()), "it is a link" in message(records, "FILES012")) == ({}, True)
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.csv").write_bytes(LEADS)
    (folder / "Lead.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "more").symlink_to(tmp_path)
    with opened(folder) as records:
        assert dict(records.holdings()) == {}
        assert codes(records) == ["FILES012", "FILES012"]


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "ALWAYS", 1 << 16)
    path = zipped(tmp_path / "export.zip", {"Lead.csv": b"a" * 5_000_000})
    with opened(path) as records:
        assert "would unpack to 5,000,000 bytes" in message(records, "FILES002")
    monkeypatch.setattr(exported, "MOST_FILES", 3)
    path = zipped(tmp_path / "many.zip", {f"{number}.csv": b"" for number in range(4)})
    with opened(path) as records:
        assert "4 files, more than 3" in message(records, "FILES002")


def test_a_zip_that_lies_about_its_sizes_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "export.zip", {"Lead.csv": LEADS * 1000})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    with opened(path) as records:
        assert codes(records) == ["FILES002"]


@pytest.mark.parametrize("cut", [0, 10, 60, 150])
def test_a_zip_that_was_cut_off_is_told(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "export.zip", {"Lead.csv": LEADS * 100})
    path.write_bytes(path.read_bytes()[:cut])
    with opened(path) as records:
        assert codes(records) == ["FILES002"]


def test_gzip_that_was_cut_off_is_unmeasured(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "Lead.csv.gz"
    path.write_bytes(gzip.compress(LEADS * 10_000)[:-20])
    with opened(path) as records:
        assert "cut off or damaged" in reason(records)


def test_gzip_that_unpacks_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr("crmgov.audit.records.text.MOST_UNPACKED", 1 << 20)
    path = tmp_path / "Lead.csv.gz"
    path.write_bytes(gzip.compress(b"Email\n" + b"a@x.y\n" * 1_000_000))
    with opened(path) as records:
        assert "unpacks to more than" in reason(records)


@pytest.mark.parametrize(("name", "data", "told"), [
    ("Lead.csv", b"<html><body>Login</body></html>", "web page"), ("Lead.csv", b'  {"error": 1}', "JSON under another"),
    ("Lead.csv", b"PK\x03\x04xyz", "another kind of file"), ("Lead.csv", b"", "empty"), ("Lead.csv", b"\n\n \n", "empty"),
    ("Lead.csv", b"a@x.y,A\nb@x.y,B\n", "header"), ("Lead.parquet", b"Email\na@x.y\n", "no Parquet file"),
    ("Lead.parquet", b"PAR1" + b"\0" * 50 + b"PAR1", "no Parquet file"), ("Lead.parquet", b"", "no Parquet file"),
    ("Lead.json", b"", "empty"), ("Lead.ndjson", b"\xff\xfe", "empty"), ("Lead.csv", b"\x00\x00\x00\x00", "empty"),
])  # fmt: skip
def test_files_that_are_something_else_are_unmeasured_with_the_reason(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with opened(tmp_path) as records:
        assert told in reason(records)
        assert codes(records)[0] in ("FILES002", "FILES007")


def test_files_that_fit_no_object_or_several_are_told(tmp_path: Path) -> None:
    for name in ("LeadHistory.csv", "readme.txt", "Sales Calls 2026-11-01.csv"):
        (tmp_path / name).write_bytes(lines(["Name", "A"]))
    with opened(tmp_path, ACCOUNTS | {"SalesCall": {"Name": "text"}}, objects={"SalesCall": ["Sales Call"]}) as records:
        assert [p.message for p in records.problems() if p.code == "RECORDS001"] == [
            "LeadHistory.csv fits no object",
            "Sales Calls 2026-11-01.csv fits several objects: Sales Call, SalesCall",
            "readme.txt fits no object",
        ]
        assert dict(records.holdings()) == {}


def test_a_map_names_the_files_whatever_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "bulkQuery_750.csv").write_bytes(LEADS)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "1.csv").write_bytes(lines(["Name", "A"]))
    paths = {"Lead": tmp_path / "bulkQuery_750.csv", "Account": tmp_path / "x", "Sales Call": tmp_path / "no.csv"}
    with opened(paths, ACCOUNTS) as records:
        assert (count(records), count(records, name="Account")) == (2, 1)
        assert "none of" in reason(records, "Sales Call") or "No such file" in reason(records, "Sales Call")


def test_hostile_names_are_nothing_but_names(tmp_path: Path) -> None:
    folder = tmp_path / 'a\'); DROP VIEW "Lead"; --[*]'
    folder.mkdir()
    secret = tmp_path / "secret.csv"
    secret.write_text("password\nhunter2\n")
    evil = "\"'; SELECT * FROM read_text('" + str(secret) + "') --"
    object_ = "Lead\"; COPY (SELECT 1) TO 'stolen"
    (folder / "Lead.csv").write_bytes(lines(['"' + evil.replace('"', '""') + '",Email', "x,a@x.y"]))
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({evil: ["y"], "Email": ["b@x.y"]}), folder / "Lead_2.parquet")
    fields = {"Lead": {"Email": "email", evil: "text"}, object_: {"Email": "email"}}
    with opened(folder, fields) as records:
        assert (count(records), count(records, "filled", evil)) == (2, 2)
    with opened({object_: folder / "Lead.csv"}, fields) as records:
        assert count(records, "filled", "Email", name=object_) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([folder.name, "secret.csv"])


def test_the_engine_reaches_no_other_file_and_no_network(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "Lead.csv").write_bytes(LEADS)
    with opened(tmp_path / "Lead.csv") as records:
        for statement in (
            f"SELECT * FROM read_text('{tmp_path}/Lead.csv')", "SELECT * FROM read_csv('https://127.0.0.1:1/x.csv')",
            "INSTALL httpfs", f"ATTACH '{tmp_path}/x.db'", f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
            "SET enable_external_access = true",
        ):  # fmt: skip
            with pytest.raises(duckdb.Error):
                records._connection.raw_sql(statement)


def test_a_file_that_is_changed_while_it_is_counted_is_unmeasured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "Lead.parquet"
    pq.write_table(pa.table({"Email": ["a@x.y"]}), path)
    with opened(path) as records:
        assert count(records) == 1
        pq.write_table(pa.table({"Email": ["a@x.y", "b@x.y"]}), path)
        assert reason(records) == "Lead.parquet: it was changed while it was read"
        assert codes(records) == ["FILES002"]


def test_an_audit_that_is_interrupted_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nothing_stays: Path
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = zipped(tmp_path / "export.zip", {"Lead.csv": LEADS})
    monkeypatch.setattr("crmgov.audit.records.files.Related", interrupt)
    with pytest.raises(KeyboardInterrupt), opened(path):
        pass
    assert list(nothing_stays.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_uses_is_not(nothing_stays: Path) -> None:
    left = nothing_stays / f"{staging.PREFIX}{2**22 + 7}-abc"
    used = nothing_stays / f"{staging.PREFIX}{os.getpid()}-abc"
    left.mkdir()
    used.mkdir()
    ours = staging.Staging()
    assert (left.exists(), used.exists(), ours.path.stat().st_mode & 0o777) == (False, True, 0o700)
    ours.close()
    used.rmdir()


def test_two_audits_of_one_export_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = zipped(tmp_path / "export.zip", {"Lead.csv": LEADS})
    with opened(path) as one:
        with opened(path) as other:
            assert (count(one), count(other)) == (2, 2)
        assert count(one, "filled", "Company") == 1
