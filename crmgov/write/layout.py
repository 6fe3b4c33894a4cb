"""Where resources are written, and the whole tree of a snapshot as text.

Location never affects meaning: these are the paths that ``pull`` gives to what has no file yet.
"""

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping

from crmgov.load.bodies import within
from crmgov.model.address import Address, parse
from crmgov.model.snapshot import Snapshot
from crmgov.write.emit import document

_FOLDERS: dict[str, str] = {
    "Picklist": "picklists", "StageSet": "stage_sets", "Pipeline": "pipelines", "Lifecycle": "lifecycles",
    "Role": "roles", "PermissionSet": "permission_sets", "Team": "teams", "Automation": "automations",
    "Integration": "integrations", "External": "externals", "Setting": "settings", "Governance": "governance",
    "Policy": "policies",
}  # fmt: skip
_UNDER_OBJECT = {
    "Field": "fields", "Validation": "validations", "RecordType": "record_types", "Layout": "layouts",
}  # fmt: skip
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|%~]|^[. -]|[. ]$|[^\x00-\uffff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$", re.IGNORECASE)
_LONGEST = 120
"""Bytes of a file's name kept as they are; most file systems allow 255."""


def segment(name: str) -> str:
    """A name as part of a path that every file system takes: other characters as %XX, long names cut with a digest."""
    safe = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), name)
    safe = unicodedata.normalize("NFC", safe)
    if _RESERVED.match(safe):
        safe = f"%{ord(safe[0]):02X}{safe[1:]}"
    encoded = safe.encode("utf-8", "surrogatepass")
    if len(encoded) > _LONGEST or not safe:
        return encoded[:_LONGEST].decode("utf-8", "ignore").rstrip(". ") + "~" + _digest(name)
    return safe


def path_for(address: str) -> str:
    """The path of the file that holds a resource, relative to the repository's root."""
    return _path(parse(address))


def _path(at: Address) -> str:
    name = segment(at.name)
    if at.kind == "Object":
        return f"config/objects/{name}/object.yaml"
    if at.kind == "Environment":
        return f"environments/{name}.yaml"
    if at.kind in _UNDER_OBJECT:
        return f"config/objects/{segment(at.parent or '')}/{_UNDER_OBJECT[at.kind]}/{name}.yaml"
    folder = f"config/{_FOLDERS[at.kind]}"
    return f"{folder}/{name}.yaml" if at.parent is None else f"{folder}/{segment(at.parent)}/{name}.yaml"


def paths_for(addresses: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Paths for addresses, no two of which are one file where file systems ignore case or spell accents otherwise.

    The first of several takes the plain path, the others one with a digest of their address. ``taken`` are paths that
    exist already.
    """
    used = {_folded(path) for path in taken}
    paths: dict[str, str] = {}
    for address in addresses:
        path = path_for(address)
        if _folded(path) in used:
            stem, ending = posixpath.splitext(path)
            path = f"{stem}~{_digest(address)}{ending}"
        used.add(_folded(path))
        paths[address] = path
    return paths


def documents(snapshot: Snapshot) -> dict[str, str]:
    """The text of each file that holds a snapshot's resources, by path; one resource a file."""
    paths = paths_for(snapshot)
    return {path: document_of(address, snapshot) for address, path in paths.items()}


def document_of(address: str, snapshot: Snapshot) -> str:
    """The document of one resource."""
    at = parse(address)
    return document(at.kind, at.name, at.parent, snapshot.body(address))


def body_files(snapshot: Snapshot, paths: Mapping[str, str]) -> dict[str, bytes]:
    """The vendor files that opaque automations name, by path, beside the YAML file of each (``paths`` by address).

    Raises ValueError for a name that leads out of the repository.
    """
    found: dict[str, bytes] = {}
    for address, path in paths.items():
        if address.startswith("Automation/") and (named := snapshot.body(address).get("body_file")):
            found.update(body_file(named, path, snapshot))
    return found


def body_file(named: Mapping[str, str], yaml: str, snapshot: Snapshot) -> dict[str, bytes]:
    """One vendor file, by path; none where the snapshot does not hold it. Raises ValueError as ``body_files`` does."""
    beside = within(yaml, named["path"])
    if beside is None:
        raise ValueError(f"{named['path']} leads out of the repository")
    return {beside: snapshot.blobs[named["digest"]]} if named["digest"] in snapshot.blobs else {}


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
