"""Recorded snapshots: the state of an environment at one moment, in one file of JSON."""

import base64
from pathlib import Path

import msgspec

from crmgov.model.address import AddressError, parse
from crmgov.model.canonical import digest
from crmgov.model.kinds import KINDS
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
    )
    return msgspec.json.encode(saved, order="deterministic") + b"\n"


def read_recording(path: Path) -> tuple[Identity, Snapshot]:
    """Read a recording. Raises NotARecording and OSError."""
    if path.stat().st_size > LIMIT:
        raise NotARecording(f"it is larger than {LIMIT} bytes")
    try:
        saved = msgspec.json.decode(path.read_bytes(), type=Recording)
        if saved.format != FORMAT:
            raise NotARecording(f"its format is {saved.format!r}, this version reads {FORMAT}")
        blobs = {key: base64.b64decode(text, validate=True) for key, text in saved.blobs.items()}
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise NotARecording(f"it is not a recorded snapshot: {error}") from error
    if any(digest(data) != key for key, data in blobs.items()):
        raise NotARecording("a vendor file in it is not what its digest says")
    snapshot = Snapshot.of(
        str(path),
        saved.resources,
        coverage=Coverage(kinds=frozenset(saved.kinds), gaps=saved.gaps),
        origins=saved.origins,
        blobs=blobs,
        left=saved.left,
        hidden=saved.hidden,
    )
    _check(snapshot)
    return saved.identity, snapshot


def _check(snapshot: Snapshot) -> None:
    """Every resource is one the model has; what reads a snapshot relies on it."""
    for address in snapshot:
        try:
            known = parse(address).kind in KINDS
            if known:
                snapshot.spec(address)
        except (AddressError, msgspec.ValidationError) as error:
            raise NotARecording(f"{address} in it is no resource: {error}") from error
        if not known:
            raise NotARecording(f"{address} in it is of a kind that is not known")
