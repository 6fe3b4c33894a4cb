"""Gathering: everything a project mentions, once all of its fields are known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crmgov.model.address import address
from crmgov.model.snapshot import Elsewhere, Mention
from crmgov.providers.salesforce.lookups import Lookups
from crmgov.providers.salesforce.mapping import Context
from crmgov.providers.salesforce.mentions import KINDS
from crmgov.providers.salesforce.mentions.base import Kind, Spoken, Thing
from crmgov.providers.salesforce.mentions.found import Found
from crmgov.providers.salesforce.names import decoded
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
        self._known: set[tuple[str, str, str]] = set()
        self._strange: Counter[str] = Counter()

    def take(self, type_name: str, thing: Thing, file: SourceFile, element: Element = None) -> None:
        """Note a thing; of a type in which nothing is sought it is left, and so is one beside the package directories
        that stands in them as well.
        """
        kind, key = KINDS.get(type_name), (type_name, thing.owner.casefold(), thing.name.casefold())
        if kind is not None and not (file.side and key in self._known):
            self._known.add(key)
            self._seen.append(_Seen(kind, thing, file, element))

    def unread(self, type_name: str) -> None:
        """Note a thing that could not be read."""
        self._strange[type_name] += 1

    def gathered(self, lookups: Lookups) -> tuple[Elsewhere, Mapping[str, Origin]]:
        """What is mentioned where. Of several things of one name each has its own name behind it."""
        named: dict[str, set[str]] = {}
        origins: dict[str, Origin] = {}
        searched = dict.fromkeys(KINDS, 0) | self._strange
        for seen, one in sorted(self._spoken(), key=_rank):
            found = Found(lookups)
            one.reads(found)
            searched[seen.kind.type] += found.strange
            fields = found.fields
            if not fields:
                continue
            origin = Origin(seen.file, seen.element)
            at = address(one.sort, one.name, one.owner or None)
            if origins.get(at, origin) != origin:
                at = address(one.sort, f"{one.name} ({seen.thing.name})", one.owner or None)
            named.setdefault(at, set()).update(fields)
            origins.setdefault(at, origin)
        mentions = {
            at: Mention(file=origins[at].file.file, fields=tuple(sorted(fields))) for at, fields in named.items()
        }
        return Elsewhere(mentions=mentions, searched=searched), origins

    def _spoken(self) -> Iterator[tuple[_Seen, Spoken]]:
        for seen in self._seen:
            for one in seen.kind.told(seen.thing):
                yield seen, one


def _rank(pair: tuple[_Seen, Spoken]) -> tuple[str, ...]:
    seen, one = pair
    return one.sort, one.owner, one.name, seen.thing.name


def thing_of(file: SourceFile, tree: Tree | str, text: str = "") -> Thing:
    """The thing in a file of its own; ``text`` is what stands in the file beside it."""
    name = decoded(file.name)
    if file.type is None and file.path.endswith("-meta.xml"):
        name = name.rpartition(".")[0] or name
    parts = file.file.split("/")
    owner = parts[-3] if len(parts) > 3 and parts[-4] == "objects" else name.partition(".")[0]
    return Thing(owner, name, [] if isinstance(tree, str) else tree, text)


def parts_of(type_name: str, context: Context, tree: Tree | str) -> Iterator[tuple[str, Thing]]:
    """What of a governed thing is governed nowhere and may name fields, with the type it is counted under."""
    wanted = _PARTS.get(type_name)
    if wanted is None or isinstance(tree, str):
        return
    owner, name = context.parent or "", context.name
    if type_name == "Layout":
        owner, _, name = name.partition("-")
    elif type_name == "CustomObject":
        owner = name
    for tag in sorted(wanted & {tag for tag, _ in tree}):
        yield f"{type_name}.{tag}", Thing(owner, name, [node for node in tree if node[0] == tag])


def _parts() -> dict[str, set[str]]:
    """By type, the elements that ``KINDS`` lists."""
    found: dict[str, set[str]] = {}
    for name in KINDS:
        whole, dot, tag = name.partition(".")
        if dot:
            found.setdefault(whole, set()).add(tag)
    return found


_PARTS = _parts()
