"""Bytes that are no text in UTF-8, told by what they seem to be."""

import re

from crmgov.load.odd import character_name
from crmgov.model.diagnostics import Diagnostic, Place, of

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)  # fmt: skip
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"%PDF", "a PDF"), (b"\x1f\x8b", "a gzip archive"), (b"\x7fELF", "a program"), (b"SQLite format 3", "a database"),
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_SAMPLE = 4096


def foreign(file: str, data: bytes) -> Diagnostic | None:
    """The problem of a file that libyaml would read although it is not UTF-8."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return of("TEXT001", f"{file} is {name}, not UTF-8", at=Place(file, 1, 1), hint=f"saved as {name}")
    return None


def unreadable(file: str, data: bytes) -> Diagnostic:
    """The problem of a file in which libyaml met bytes that are not text."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return of("TEXT003", f"{file} is {name}, not text", at=Place(file, 1, 1))
    sample = data[:_SAMPLE]
    nulls = sample.count(0)
    if nulls * 3 > len(sample) and (not any(sample[1::2]) or not any(sample[::2])):
        return of("TEXT001", f"{file} seems to be UTF-16, not UTF-8", at=Place(file))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(file, data, error.start)
    found = _CONTROL.search(text)
    if found is None:
        return of("TEXT002", f"{file} holds a character that cannot be read", at=Place(file, 1, 1))
    if len(_CONTROL.findall(text[:_SAMPLE])) * 10 > len(text[:_SAMPLE]):
        return of("TEXT003", f"{file} is not text", at=Place(file))
    told = f"A {_control_name(found[0])} is in the text"
    return of("TEXT002", told, at=place_in(file, text, found.start()), hint="remove it")


def _not_utf8(file: str, data: bytes, start: int) -> Diagnostic:
    sample = data[:_SAMPLE]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if strange * 10 > len(sample):
        return of("TEXT003", f"{file} is not text", at=Place(file))
    before = data[:start].decode("utf-8")
    told, hint = f"The byte 0x{data[start]:02X} is not UTF-8", "not UTF-8"
    seen = data[start : start + 1].decode("cp1252", "replace")
    if seen.isalpha():
        told, hint = f'{told}; in Windows-1252 it is "{seen}"', "perhaps saved as Windows-1252"
    return of("TEXT001", told, at=place_in(file, before, len(before)), hint=hint)


def _control_name(character: str) -> str:
    return "NUL character" if character == "\0" else character_name(character).replace("unnamed", "control character")


def place_in(file: str, text: str, at: int) -> Place:
    """The place of a character in a text."""
    before = text[:at].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Place(file, line, column, line, column + 1)
