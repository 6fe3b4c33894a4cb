import io
import zipfile

import pytest

from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.zipfiles import rewritten


def packed(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 2 * number))
            info.external_attr = 0o640 << 16
            archive.writestr(info, content)
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, tuple[bytes, object, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: (archive.read(info), info.date_time, info.external_attr) for info in archive.infolist()}


def test_untouched_members_keep_everything() -> None:
    before = packed(
        {"package.xml": b"p", "objects/Lead.object": b"l" * 9999, "roles/CEO.role": b"r", "img.png": b"\0\1"}
    )
    after = rewritten(before, "p.zip", {"objects/Lead.object": b"new", "roles/CEO.role": None, "roles/CFO.role": b"f"})
    old, new = unpacked(before), unpacked(after)
    assert list(new) == ["package.xml", "objects/Lead.object", "img.png", "roles/CFO.role"]
    assert [new[name] for name in ("package.xml", "img.png")] == [old[name] for name in ("package.xml", "img.png")]
    assert new["objects/Lead.object"][0] == b"new"
    assert new["objects/Lead.object"][1:] == old["objects/Lead.object"][1:]
    assert new["roles/CFO.role"][0] == b"f"
    again = rewritten(before, "p.zip", {"objects/Lead.object": b"new", "roles/CEO.role": None, "roles/CFO.role": b"f"})
    assert again == after


def test_a_zip_that_cannot_be_copied_is_refused() -> None:
    with pytest.raises(ProviderError, match=r"p\.zip cannot be rewritten"):
        rewritten(b"not a zip", "p.zip", {})
    twice = packed({"a": b"1", "b": b"2"}).replace(b"b", b"a")
    with pytest.raises(ProviderError, match="holds a twice"):
        rewritten(twice, "p.zip", {})
    good = packed({"a": b"12345678" * 100})
    with pytest.raises(ProviderError, match="cannot be rewritten"):
        rewritten(good.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "p.zip", {})
