"""A Metadata API zip as files by name, and a new zip with some of them changed."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from crmgov.model.diagnostics import Place, of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.writing import codes

MAX_UNPACKED = 600 * 1024 * 1024
"""The most that the vendor takes in one deployment, unpacked (fact sheet, section 9)."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def rewritten(data: bytes, name: str, after: Mapping[str, bytes | None]) -> bytes:
    """The zip with members replaced, added or (None) left out; all others keep content, order, time and attributes.

    ``name`` is the zip's own, for messages. Raises ProviderError for a zip that cannot be copied member by member.
    """
    result = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
            members = old.infolist()
            _check(members, name)
            new.comment = old.comment
            for info in members:
                content = after[info.filename] if info.filename in after else old.read(info)
                if content is not None:
                    new.writestr(_like(info), content)
            there = {info.filename for info in members}
            for path in sorted(set(after) - there):
                content = after[path]
                if content is not None:
                    fresh = zipfile.ZipInfo(path, _EPOCH)
                    fresh.compress_type = zipfile.ZIP_DEFLATED
                    fresh.external_attr = 0o644 << 16
                    new.writestr(fresh, content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ProviderError(of(codes.UNREADABLE, f"{name} cannot be rewritten: {error}", at=Place(name))) from error
    return result.getvalue()


def _check(members: list[zipfile.ZipInfo], name: str) -> None:
    names = [info.filename for info in members]
    twice = sorted({item for item in names if names.count(item) > 1}) if len(set(names)) != len(names) else []
    if twice:
        raise ProviderError(of(codes.UNREADABLE, f"{name} holds {twice[0]} twice", at=Place(name)))
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise ProviderError(
            of(codes.UNREADABLE, f"{name} unpacks to more than {MAX_UNPACKED // 1024**2} MB", at=Place(name))
        )


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A fresh entry with the attributes of an old one."""
    copy = zipfile.ZipInfo(info.filename, info.date_time)
    copy.compress_type = info.compress_type
    copy.comment = info.comment
    copy.create_system = info.create_system
    copy.external_attr = info.external_attr
    copy.internal_attr = info.internal_attr
    return copy
