"""Broken and hostile files: told at their place, never followed, and never hiding the others."""

import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.model.diagnostics import Diagnostic, Place
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.provider import SalesforceFiles
from crmgov.providers.salesforce.xml import Parser, XmlError
from tests.providers.salesforce.world import MDAPI, NAMESPACE, metadata, mini

ROLE = metadata("Role", "<name>Clerk</name>")


def beside_a_good_file(
    tmp_path: Path, content: str | bytes, name: str = "Bad.role"
) -> tuple[Snapshot, list[Diagnostic]]:
    """What is read of a project with a broken file beside a good one."""
    files: dict[str, str | bytes] = {"app/roles/Good.role-meta.xml": ROLE, f"app/roles/{name}-meta.xml": content}
    provider = SalesforceFiles(None, mini(tmp_path / "p", files))
    snapshot = provider.read(Scope())
    assert "Role/Good" in snapshot
    return snapshot, list(provider.problems)


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (f'<?xml version="1.0"?>\n{BOMB}<Role {NAMESPACE}><name>&c;</name></Role>', "SFFILE002", 2),
        (f'<!DOCTYPE r SYSTEM "file:///etc/passwd"><Role {NAMESPACE}><name>x</name></Role>', "SFFILE002", 1),
        (f"<Role {NAMESPACE}>\n  <name>x</nam>\n</Role>", "SFFILE001", 2),
        (f"<Role {NAMESPACE}><name>&nbsp;</name></Role>", "SFFILE001", 1),
        (f"<Role {NAMESPACE}>" + "<a>" * 300 + "</a>" * 300 + "</Role>", "SFFILE003", 1),
        (f"<Role {NAMESPACE}><name>" + "x" * 10_100_000 + "</name></Role>", "SFFILE003", 1),
        ("", "SFFILE001", 1),
        (b"\x00\x01\x02\x03", "SFFILE004", 1),
        (ROLE.encode("utf-16"), "SFFILE004", 1),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?><Role {NAMESPACE}/>'.encode("latin-1"), "SFFILE004", 1),
        (f"<Role {NAMESPACE}><name>\xff</name></Role>".encode("latin-1"), "SFFILE004", 1),
        (f"<Role {NAMESPACE}><name>a\x00b</name></Role>".encode(), "SFFILE001", 1),
        (metadata("Profile"), "SFFILE006", 1),
        ("<html><body>", "SFFILE001", 1),
    ],
)
def test_a_broken_file_is_told_and_hides_no_other(content: str | bytes, code: str, line: int, tmp_path: Path) -> None:
    snapshot, problems = beside_a_good_file(tmp_path, content)
    assert [problem.code for problem in problems] == [code]
    place = problems[0].at
    assert isinstance(place, Place)
    assert place.file.endswith("app/roles/Bad.role-meta.xml")
    assert place.line == line
    assert snapshot.coverage.gap("Role")
    assert not snapshot.coverage.gap("Layout")


def test_a_broken_object_closes_only_what_it_could_hold(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"app/objects/Lead/Lead.object-meta.xml": "<CustomObject>"}
    provider = SalesforceFiles(None, mini(tmp_path / "p", files))
    coverage = provider.read(Scope()).coverage
    assert coverage.gap("Field", "Lead")
    assert not coverage.gap("Field", "Account")
    assert coverage.gap("Object")
    assert not coverage.gap("PermissionSet")


def test_a_value_the_model_has_no_word_for_is_kept(tmp_path: Path) -> None:
    content = metadata("CustomObject", "<sharingModel>ReadSelect</sharingModel><enableHistory>perhaps</enableHistory>")
    provider = SalesforceFiles(None, mini(tmp_path / "p", {"app/objects/Lead/Lead.object-meta.xml": content}))
    native = {"sharingModel": "ReadSelect", "enableHistory": "perhaps"}
    assert provider.read(Scope()).body("Object/Lead") == {"native": {"salesforce": native}}


def test_links_are_not_followed_out_of_the_project(tmp_path: Path) -> None:
    project = mini(tmp_path / "p", {"app/roles/Good.role-meta.xml": ROLE})
    secret = tmp_path / "secret.role-meta.xml"
    secret.write_text(ROLE)
    (project / "app/roles/Secret.role-meta.xml").symlink_to(secret)
    (project / "app/roles/Inside.role-meta.xml").symlink_to(project / "app/roles/Good.role-meta.xml")
    (project / "app/loop").symlink_to(project / "app")
    provider = SalesforceFiles(None, project)
    assert set(provider.read(Scope())) == {"Role/Good", "Role/Inside"}
    assert sorted(problem.code for problem in provider.problems) == ["SFPROJ005", "SFPROJ005"]


def test_a_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    project = mini(tmp_path / "p", {"app/roles/Good.role-meta.xml": ROLE})
    os.mkfifo(project / "app/roles/Pipe.role-meta.xml")
    provider = SalesforceFiles(None, project)
    assert set(provider.read(Scope())) == {"Role/Good"}
    assert [problem.code for problem in provider.problems] == ["SFFILE005"]


def test_a_very_large_file_is_not_read(tmp_path: Path) -> None:
    project = mini(tmp_path / "p", {"app/roles/Good.role-meta.xml": ROLE})
    with (project / "app/roles/Big.role-meta.xml").open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    provider = SalesforceFiles(None, project)
    assert set(provider.read(Scope())) == {"Role/Good"}
    assert [problem.code for problem in provider.problems] == ["SFFILE003"]


def archive(path: Path, members: dict[str, bytes], *, link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.write(MDAPI / "package.xml", "package.xml")
        target.writestr("roles/Good.role", ROLE)
        for name, data in members.items():
            target.writestr(name, data)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            target.writestr(info, "/etc/passwd")
    return path


@pytest.mark.parametrize(
    "name", ["../roles/Evil.role", "/roles/Evil.role", "roles/../../Evil.role", "C:/roles/Evil.role"]
)
def test_members_of_a_zip_that_leave_it_are_left_out(name: str, tmp_path: Path) -> None:
    provider = SalesforceFiles(None, archive(tmp_path / "a.zip", {name: ROLE.encode()}))
    assert set(provider.read(Scope())) == {"Role/Good"}
    assert [problem.code for problem in provider.problems] == ["SFPROJ004"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_links_in_a_zip_are_left_out(tmp_path: Path) -> None:
    provider = SalesforceFiles(None, archive(tmp_path / "a.zip", {}, link="roles/Evil.role"))
    assert set(provider.read(Scope())) == {"Role/Good"}
    assert [problem.code for problem in provider.problems] == ["SFPROJ004"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "a.zip", {f"roles/R{number}.role": b"\0" * 30_000_000 for number in range(4)})
    with pytest.raises(ProviderError) as told:
        SalesforceFiles(None, bomb).read(Scope())
    assert told.value.diagnostic.code == "SFPROJ004"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\0" * 1000])
def test_what_is_no_zip_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ProviderError) as told:
        SalesforceFiles(None, tmp_path / "a.zip").read(Scope())
    assert told.value.diagnostic.code == "SFPROJ004"


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"roles/Broken.role": ROLE.encode() * 20})
    data = bytearray(path.read_bytes())
    start = data.index(b"roles/Broken.role") + 40
    data[start : start + 20] = b"\xff" * 20
    path.write_bytes(data)
    provider = SalesforceFiles(None, path)
    assert set(provider.read(Scope())) == {"Role/Good"}
    assert "damaged" in provider.problems[0].message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<Role {NAMESPACE}>{text}</Role>".encode()))
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    try:
        tag, _ = Parser().parse(data, "some.role")
    except XmlError as error:
        refused = error.diagnostic
    else:
        assert tag
        return
    assert isinstance(refused.at, Place)
    assert refused.message.isprintable()
