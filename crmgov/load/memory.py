"""What the cache keeps of a tree: its files as they were, and everything read from them."""

from typing import NamedTuple

import msgspec

from crmgov.load.files import Stat
from crmgov.load.sealed import Folder
from crmgov.load.table import Part, Table

_NAME = "tree.bin"
_RACY_NS = 2_000_000_000
"""Files written this shortly before they were read may be written again in the same tick of the clock: 2 s, the
coarsest tick of a file system (FAT)."""


class Seen(msgspec.Struct, array_like=True):
    """What a file was like when its content was read; ``None`` where that does not tell a change."""

    stats: dict[str, Stat | None]
    table: Table
    distinct: bool
    """Whether no two resources had one name, or names that most systems take for one."""


class Memory(NamedTuple):
    """A tree as it was loaded before."""

    seen: Seen
    part: Part


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Seen)


def recall(folder: Folder) -> Memory | None:
    """The tree of the last run; None where there is none to be trusted."""
    content = folder.read(_NAME)
    if content is None or len(content) < 8:
        return None
    size = int.from_bytes(content[:8], "little")
    try:
        seen = _DECODER.decode(content[8 : 8 + size])
    except msgspec.MsgspecError:
        return None
    return Memory(seen, Part(seen.table, content[8 + size :]))


def remember(folder: Folder, stats: dict[str, Stat], started_ns: int, part: Part, *, distinct: bool) -> None:
    """Keep a tree for the next run. ``started_ns``: the time just before the first file was read."""
    limit = started_ns - _RACY_NS
    kept = {path: None if max(stat.mtime_ns, stat.ctime_ns) >= limit else stat for path, stat in stats.items()}
    seen = _ENCODER.encode(Seen(kept, part.table, distinct))
    folder.write(_NAME, len(seen).to_bytes(8, "little"), seen, part.data)
