"""A recorded snapshot: the state of an environment at one moment, as it is saved in one file of JSON."""

import msgspec

from crmgov.model.canonical import Body
from crmgov.model.provider import Identity
from crmgov.model.snapshot import Elsewhere, Gap, Origin

FORMAT = "crmgov-snapshot/1"


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot as it is saved. ``taken`` is the time it was read (ISO 8601, UTC)."""

    format: str = FORMAT
    environment: str
    identity: Identity
    taken: str
    kinds: tuple[str, ...]
    gaps: tuple[Gap, ...] = ()
    resources: dict[str, Body]
    origins: dict[str, Origin] = {}
    blobs: dict[str, str] = {}
    """Vendor files: by BLAKE2b digest, Base64 of their bytes."""
    left: dict[str, int] = {}
    hidden: int = 0
    files: dict[str, int] = {}
    """Files or parts of each type that the source held."""
    elsewhere: Elsewhere = Elsewhere()
