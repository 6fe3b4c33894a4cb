"""Zip files that are damaged or mean harm, each with one good role in it unless nothing can be read."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.bad_input.salesforce_cases import ROLE, metadata

NAME = "crm.zip"
_PACKAGE = metadata("Package", "<types><members>*</members><name>Role</name></types>")


def _zip(fill: Callable[[zipfile.ZipFile], None], *, package: str = "package.xml") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, text in ((package, _PACKAGE), (package.replace("package.xml", "roles/Good.role"), ROLE)):
            archive.writestr(zipfile.ZipInfo(name), text)
        fill(archive)
    return data.getvalue()


def _named(*names: str) -> bytes:
    return _zip(lambda archive: [archive.writestr(zipfile.ZipInfo(name), ROLE) for name in names] and None)


def _typed(mode: int) -> bytes:
    info = zipfile.ZipInfo("roles/Evil.role")
    info.external_attr = (mode | 0o777) << 16
    return _zip(lambda archive: archive.writestr(info, "/etc/passwd"))


def _many(count: int) -> bytes:
    """A zip of empty members, written by hand: the library takes seconds for as many."""
    local, central, at = [], [], 0
    for number in range(count):
        name = f"roles/R{number}.role".encode()
        local.append(struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name)
        central.append(struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, at) + name)
        at += len(local[-1])
    size = sum(map(len, central))
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return b"".join([*local, *central, end64, locator, end])


def _patched(offset: int, data: bytes, *, name: bytes = b"roles/Bad.role") -> bytes:
    """A zip whose central record of one member has other bytes at an offset."""
    whole = bytearray(_named(name.decode()))
    at = whole.rindex(name) - 46
    whole[at + offset : at + offset + len(data)] = data
    return bytes(whole)


def _zeros(number: int, size: int) -> bytes:
    return _zip(lambda archive: [archive.writestr(f"roles/B{n}.role", b"\0" * size) for n in range(number)] and None)


_GOOD = _named("roles/Bad.role")

ZIPS: dict[str, Callable[[], bytes]] = {
    "parent_folder": lambda: _named("../roles/Evil.role", "roles/../../Evil.role", "../../../../../../../etc/passwd"),
    "absolute": lambda: _named("/roles/Evil.role", "//server/roles/Evil.role"),
    "drive_letters": lambda: _named("C:/roles/Evil.role", "c:roles/Evil.role", "\\\\server\\Evil.role", "roles\\Evil.role"),
    "link": lambda: _typed(stat.S_IFLNK),
    "device": lambda: _typed(stat.S_IFCHR),
    "bomb": lambda: _zeros(4, 25_000_000),
    "bomb_of_one_member": lambda: _zeros(1, 39_000_000),
    "member_of_fifty_megabytes": lambda: _zeros(1, 50_000_000),
    "size_that_lies": lambda: _patched(24, struct.pack("<L", 10)),
    "size_of_four_gigabytes": lambda: _patched(24, struct.pack("<L", 0xFFFFFFF0)),
    "encrypted": lambda: _patched(8, b"\1\0"),
    "unknown_packing": lambda: _patched(10, struct.pack("<H", 99)),
    "wrong_checksum": lambda: _patched(16, b"\1\2\3\4"),
    "member_that_begins_nowhere": lambda: _patched(42, struct.pack("<L", 0x7FFFFFF0)),
    "truncated": lambda: _GOOD[: len(_GOOD) // 2],
    "truncated_at_the_end": lambda: _GOOD[:-10],
    "text_before": lambda: b"#!/bin/sh\n" + _GOOD,
    "empty_file": lambda: b"",
    "empty_zip": lambda: b"PK\5\6" + bytes(18),
    "no_zip": lambda: b"PK\3\4 and nothing more",
    "duplicate_entries": lambda: _named("roles/Twice.role", "roles/Twice.role"),
    "case_twins": lambda: _zip(
        lambda archive: [
            archive.writestr("roles/Sales.role", ROLE),
            archive.writestr("roles/sales.role", ROLE.replace("Clerk", "Other")),
        ]
        and None
    ),
    "hundred_thousand_entries": lambda: _many(100_000),
    "entry_without_a_name": lambda: _patched(28, b"\0\0"),
    "name_with_control_characters": lambda: _named("roles/a\x1b[31m\nb.role"),
    "name_of_sixty_thousand": lambda: _named(f"roles/{'x' * 60_000}.role"),
    "twenty_thousand_folders_deep": lambda: _named("a/" * 20_000 + "Bad.role"),
    "no_manifest": lambda: _zip(lambda _: None, package="manifest.xml"),
    "manifest_in_a_folder": lambda: _zip(lambda _: None, package="unpackaged/package.xml"),
    "broken_xml_inside": lambda: _zip(lambda archive: archive.writestr("roles/Bad.role", "<Role>")),
    "zip_in_the_zip": lambda: _zip(lambda archive: archive.writestr("roles/Bad.role", _GOOD)),
}


def build(case: str, root: Path) -> None:
    (root / NAME).write_bytes(ZIPS[case]())
