"""Blocks of lines within a host's limit: what does not fit is counted, and nothing is cut in the middle."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

LIMIT = 65_000
"""Bytes of a comment. Hosts take 65,536 characters; counted in bytes it fits, however they count characters."""


class Block(NamedTuple):
    """Lines that belong together. An entry of ``lines`` may have lines below it; it is shown whole or counted.

    ``total`` is how many entries there are, ``most`` how many are shown at most, ``more`` the line that tells how many
    are not.
    """

    opening: str
    lines: Iterator[str]
    total: int
    more: Callable[[int], str]
    most: int = 1_000_000
    closing: str = ""


def fitted(blocks: Sequence[Block], limit: int = LIMIT) -> str:
    """The blocks one below the other in at most ``limit`` bytes, the room shared so that short ones are whole."""
    room = limit - sum(_frame(block) for block in blocks)
    shown: dict[int, str] = {}
    order = sorted(range(len(blocks)), key=lambda at: min(blocks[at].total, blocks[at].most))
    for done, at in enumerate(order):
        shown[at] = _filled(blocks[at], room // (len(order) - done))
        room -= size(shown[at])
    return "\n\n".join(_whole(block, shown[at]) for at, block in enumerate(blocks)) + "\n"


def size(text: str) -> int:
    """Bytes of a text as it is sent."""
    return len(text.encode())


def _frame(block: Block) -> int:
    return sum(size(text) + 2 for text in (block.opening, block.more(block.total), block.closing))


def _filled(block: Block, room: int) -> str:
    told: list[str] = []
    for line in islice(block.lines, block.most):
        room -= size(line) + 1
        if room < 0:
            break
        told.append(line)
    if len(told) < block.total:
        told.append(block.more(block.total - len(told)))
    return "\n".join(told)


def _whole(block: Block, lines: str) -> str:
    return "\n".join(text for text in (block.opening, lines, block.closing) if text)
