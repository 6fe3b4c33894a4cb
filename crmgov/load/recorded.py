"""Recorded snapshots: the state of an environment at one moment, in one file of JSON."""

import base64
from pathlib import Path

import msgspec

from crmgov.load.saved import TOO_DEEP, UnfitError, oddity, saved_bytes
from crmgov.model.address import AddressError, parse
from crmgov.model.canonical import Body, digest
from crmgov.model.diagnostics import brief
from crmgov.model.kinds import KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.provider import Identity
from crmgov.model.recording import FORMAT, Recording
from crmgov.model.snapshot import Coverage, Snapshot

LIMIT = 1024 * 1024 * 1024
"""Most bytes of a recording that are read."""


class NotARecording(ValueError):  # noqa: N818 - says what the file is not
    """The file is no recording this version reads; the message says why."""


def recording(environment: str, identity: Identity, taken: str, snapshot: Snapshot) -> bytes:
    """The bytes of a recording; the same state at the same time gives the same bytes."""
    saved = Recording(
        environment=environment,
        identity=identity,
        taken=taken,
        kinds=tuple(sorted(snapshot.coverage.kinds)),
        gaps=snapshot.coverage.gaps,
        resources={address: snapshot.body(address) for address in snapshot},
        origins=dict(snapshot.origins),
        blobs={key: base64.b64encode(data).decode() for key, data in snapshot.blobs.items()},
        left=dict(snapshot.left),
        hidden=snapshot.hidden,
        files=dict(snapshot.files),
        elsewhere=snapshot.elsewhere,
    )
    return msgspec.json.encode(saved, order="deterministic") + b"\n"


def read_recording(path: Path) -> tuple[Identity, Snapshot]:
    """Read a recording. Raises NotARecording."""
    try:
        saved = _decoded(saved_bytes(path, LIMIT))
    except UnfitError as error:
        raise NotARecording(str(error)) from error
    return saved.identity, Snapshot.of(
        str(path),
        _bodies(saved.resources),
        coverage=Coverage(kinds=frozenset(saved.kinds), gaps=saved.gaps),
        origins=saved.origins,
        blobs=_blobs(saved.blobs),
        left=saved.left,
        hidden=saved.hidden,
        files=saved.files,
        elsewhere=saved.elsewhere,
    )


def _decoded(data: bytes) -> Recording:
    try:
        head = msgspec.json.decode(data)
        if not isinstance(head, dict) or "format" not in head:
            raise NotARecording("it is not a recorded snapshot")
        if head["format"] != FORMAT:
            raise NotARecording(f"its format is {brief(str(head['format']))}, this version reads {FORMAT}")
        odd = oddity(head)
        if odd:
            raise NotARecording(odd)
        del head  # as large again as what follows
        return msgspec.json.decode(data, type=Recording)
    except RecursionError as error:
        raise NotARecording(TOO_DEEP) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotARecording(f"it is not a recorded snapshot: {error}") from error


def _bodies(resources: dict[str, Body]) -> dict[str, Body]:
    """Bodies in canonical form, each one of its kind; what crmgov would not have written is refused as a whole."""
    return {address: _body(address, body) for address, body in resources.items()}


def _body(address: str, body: Body) -> Body:
    try:
        at = parse(address)
    except AddressError as error:
        raise NotARecording(f"a resource in it has no address: {error}") from error
    known = at.kind in KINDS and KINDS[at.kind].parent != ("never" if at.parent is not None else "always")
    if not known or at.elements or str(at) != address:
        raise NotARecording(f"nothing is called {brief(address)}")
    try:
        msgspec.convert(body, KINDS[at.kind].spec)
    except msgspec.ValidationError as error:
        raise NotARecording(f"{address} in it is no {at.kind}: {error}") from error
    return canonical_body(at.kind, body)


def _blobs(texts: dict[str, str]) -> dict[str, bytes]:
    blobs = {}
    for key, text in texts.items():
        try:
            blobs[key] = base64.b64decode(text, validate=True)
        except ValueError as error:
            raise NotARecording(f"the vendor file {brief(key)} in it is no Base64") from error
        if digest(blobs[key]) != key:
            raise NotARecording(f"the vendor file {brief(key)} in it is not what its digest says")
    return blobs
