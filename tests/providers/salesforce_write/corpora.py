"""Where the shared real projects are, if they are here."""

import importlib.machinery
import importlib.util
import os
import tarfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parents[3]


def shared() -> Path:
    """The folder of shared material; skips the test where there is none."""
    named = os.environ.get("CRMGOV_SHARED")
    for folder in [Path(named)] if named else [_ROOT.parent / "shared", _ROOT.parent.parent / "shared"]:
        if (folder / "corpora").is_dir():
            return folder
    pytest.skip("the shared corpora are neither in CRMGOV_SHARED nor in ../shared")


def unpack(name: str, into: Path) -> Path:
    """A writable copy of one real project."""
    with tarfile.open(shared() / "corpora" / f"{name}.tar.gz") as archive:
        archive.extractall(into, filter="data")
    return into / name


def checker() -> tuple[ModuleType, Any]:
    """The shared schema check as a module, with its schema."""
    path = shared() / "tools" / "salesforce-xml-check"
    loader = importlib.machinery.SourceFileLoader("salesforce_xml_check", str(path))
    spec = importlib.util.spec_from_loader("salesforce_xml_check", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module, module.load_types(shared() / "api-specs" / "salesforce" / "metadata.wsdl")


def findings(module: ModuleType, schema: Any, data: bytes | None) -> list[tuple[str, str, str]]:
    """What the schema has against a file."""
    from lxml import etree

    if data is None:
        return []
    root = etree.fromstring(data)
    name = etree.QName(root).localname
    return sorted(module.check(root, name, *schema)) if name in schema[0] else []


def documents(name: str) -> list[bytes]:
    """The XML files of one real project."""
    with tarfile.open(shared() / "corpora" / f"{name}.tar.gz") as archive:
        members = [archive.extractfile(member) for member in archive if member.isfile()]
        contents = [member.read() for member in members if member is not None]
    return [data for data in contents if b"<?xml" in data[:100]]
