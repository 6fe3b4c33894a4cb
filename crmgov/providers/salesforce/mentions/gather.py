"""Gathering: everything a project mentions, once all of its fields are known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crmgov.model.address import address
from crmgov.model.snapshot import Elsewhere, Mention
from crmgov.providers.salesforce.mentions import KINDS
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing
from crmgov.providers.salesforce.mentions.found import Found, Lookups
from crmgov.providers.salesforce.project import SourceFile
from crmgov.providers.salesforce.xml import Tree

Element = tuple[str, str] | None


class _Seen(NamedTuple):
    """A thing with the file it stands in, and its element there (see ``read.Source``)."""

    kind: Kind
    thing: Thing
    file: SourceFile
    element: Element


class Origin(NamedTuple):
    """Where a mention stands."""

    file: SourceFile
    element: Element


class Gatherer:
    """Takes in things as they are read."""

    def __init__(self) -> None:
        self._seen: list[_Seen] = []
        self._strange: Counter[str] = Counter()

    def take(self, type_name: str, thing: Thing, file: SourceFile, element: Element = None) -> None:
        """Note a thing; of a type in which nothing is sought it is left."""
        kind = KINDS.get(type_name)
        if kind is not None and not file.side:
            self._seen.append(_Seen(kind, thing, file, element))

    def unread(self, type_name: str) -> None:
        """Note a thing that could not be read."""
        self._strange[type_name] += 1

    def gathered(self, lookups: Lookups) -> tuple[Elsewhere, Mapping[str, Origin]]:
        """What is mentioned where. Of several things of one name each has its own name behind it."""
        mentions: dict[str, Mention] = {}
        origins: dict[str, Origin] = {}
        searched = dict.fromkeys(KINDS, 0) | self._strange
        for seen, one in sorted(self._spoken(), key=_rank):
            found = Found(lookups)
            one.reads(found)
            searched[seen.kind.type] += found.strange
            if not found.fields:
                continue
            at = address(one.sort, one.name, one.owner or None)
            if at in mentions:
                at = address(one.sort, f"{one.name} ({seen.thing.name})", one.owner or None)
            fields = found.fields + (mentions[at].fields if at in mentions else ())
            mentions[at] = Mention(file=seen.file.file, fields=tuple(sorted(set(fields))))
            origins[at] = Origin(seen.file, seen.element)
        return Elsewhere(mentions=mentions, searched=searched), origins

    def _spoken(self) -> Iterator[tuple[_Seen, Spoken]]:
        for seen in self._seen:
            for one in seen.kind.told(seen.thing):
                yield seen, one


def _rank(pair: tuple[_Seen, Spoken]) -> tuple[str, ...]:
    seen, one = pair
    return one.sort, one.owner, one.name, seen.thing.name


def owner_of(file: SourceFile) -> str:
    """The object a file belongs to, by the folders it lies in or by its own name."""
    parts = file.file.split("/")
    if len(parts) > 3 and parts[-4] == "objects":
        return parts[-3]
    return file.name.partition(".")[0]


def thing_of(file: SourceFile, tree: Tree | str) -> Thing:
    """The thing in a file of its own."""
    return Thing(owner_of(file), file.name, [] if isinstance(tree, str) else tree)
