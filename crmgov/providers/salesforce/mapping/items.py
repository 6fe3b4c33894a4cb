"""Parts of a mapping table: how one element of a vendor file and one attribute of the model become each other.

Every item reads (``decode``: an element's value into a body) and writes (``encode``: a body into nodes); a table is a
tuple of items. ``keys`` tells which child element names a row, so that rows are matched by name and not by place.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar
from urllib.parse import unquote

from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Route
from crmgov.providers.salesforce.xml import Node, Tree

NATIVE: Route = ("native", "salesforce")
Left = list[str]
"""Element paths of what a file holds and the model does not."""
Path = tuple[str, ...]
T = TypeVar("T")


class Codec(NamedTuple):
    """How a text becomes a value and back. ``decode`` raises ValueError on a text it does not know."""

    decode: Callable[[str], object]
    encode: Callable[[Any], str]


def _bool(text: str) -> bool:
    if text in ("true", "1"):
        return True
    if text in ("false", "0"):
        return False
    raise ValueError(text)


def _int(text: str) -> int:
    if len(text) > 18 or text != str(int(text)):
        raise ValueError(text)
    return int(text)


def number(text: str) -> int | float:
    """A number in its one written form; raises ValueError on any other text."""
    value = int(text) if text.lstrip("-").isdigit() else float(text)
    if len(text) > 17 or number_text(value) != text:
        raise ValueError(text)
    return value


def number_text(value: object) -> str:
    """A number as Salesforce writes it."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def scalar_text(value: object) -> str:
    """Any scalar as Salesforce writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)


def enum(**names: object) -> Codec:
    """Vendor word = model word or value."""
    back = {ours: theirs for theirs, ours in names.items()}
    return Codec(lambda text: _known(names, text), lambda value: _known(back, value))


def _known(names: Mapping[Any, T], key: object) -> T:
    if key not in names:
        raise ValueError(key)
    return names[key]


TEXT = Codec(lambda text: text, scalar_text)
BOOL = Codec(_bool, scalar_text)
INT = Codec(_int, scalar_text)
NUMBER = Codec(number, scalar_text)


def get(body: Body, route: Route) -> Any:
    """The value at a route, None where there is none."""
    node: Any = body
    for step in route:
        if not isinstance(node, dict) or step not in node:
            return None
        node = node[step]
    return node


def put(body: Body, route: Route, value: object) -> None:
    """Set the value at a route."""
    node = body
    for step in route[:-1]:
        node = node.setdefault(step, {})
    node[route[-1]] = value


class Item(Protocol):
    """One entry of a mapping table; ``element`` is the tag it is for."""

    @property
    def element(self) -> str:
        """The tag."""
        ...

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """Read an element's value into a body; what cannot be held goes to ``left``."""
        ...

    def encode(self, body: Body) -> Tree:
        """The nodes of this element for a body."""
        ...

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """Each path of repeated elements below, with the child that names one (``""``: its text; None: its place)."""
        ...


class Leaf(NamedTuple):
    """One element with a text, one attribute.

    A text the codec does not know is kept under ``native`` as it stands; in a row that has no such place (``strict``)
    it is left.
    """

    element: str
    route: Route
    codec: Codec = TEXT
    strict: bool = False

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """See Item."""
        if not isinstance(value, str):
            left.append(self.element)
            return
        text = value.strip()
        if not text:
            return
        try:
            decoded = self.codec.decode(text)
        except ValueError:
            if self.strict:
                left.append(self.element)
            else:
                put(out, (*NATIVE, self.element), text)
            return
        if len(self.route) == 1:
            out[self.route[0]] = decoded
        else:
            put(out, self.route, decoded)

    def encode(self, body: Body) -> Tree:
        """See Item."""
        value = get(body, self.route)
        if value is None and self.route != (*NATIVE, self.element):
            raw = get(body, (*NATIVE, self.element))
            return [] if raw is None else [(self.element, scalar_text(raw))]
        if value is None:
            return []
        try:
            return [(self.element, self.codec.encode(value))]
        except ValueError:
            return [(self.element, scalar_text(value))]

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        yield from ()


def native(element: str, codec: Codec = TEXT) -> Leaf:
    """An allow-listed vendor attribute, kept under ``native.salesforce`` by its own name."""
    return Leaf(element, (*NATIVE, element), codec)


class Part(NamedTuple):
    """An element that holds further ones, each with a route of its own."""

    element: str
    items: tuple[Item, ...]

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """See Item."""
        if not isinstance(value, str):
            decode_items(_table(self.items), value, out, left, prefix=self.element)
        elif value.strip():
            left.append(self.element)

    def encode(self, body: Body) -> Tree:
        """See Item."""
        inner = encode_items(self.items, body)
        return [(self.element, inner)] if inner else []

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        for item in self.items:
            for path, key in item.keys():  # noqa: SIM118 - not a dict
                yield (self.element, *path), key


class Texts(NamedTuple):
    """A repeated element with a text; an attribute that is a list (a set unless ``ordered``)."""

    element: str
    route: Route
    ordered: bool = False

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """See Item."""
        if not isinstance(value, str):
            left.append(self.element)
            return
        texts = get(out, self.route)
        if texts is None:
            put(out, self.route, [value.strip()])
        elif value.strip() not in texts:
            texts.append(value.strip())
            if not self.ordered:
                texts.sort()

    def encode(self, body: Body) -> Tree:
        """See Item."""
        return [(self.element, str(text)) for text in get(body, self.route) or ()]

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        yield (self.element,), ""


class Rows(NamedTuple):
    """A repeated element, named by its child ``key``; a map by that name, or a ``keyed`` list with it as ``name``."""

    element: str
    route: Route
    key: str
    items: tuple[Item, ...]
    keyed: bool = False
    escaped: bool = False
    """Whether the vendor percent-encodes the name here."""

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """See Item."""
        name, row = "", Body()
        if not isinstance(value, str):
            name = next((text.strip() for tag, text in value if tag == self.key and isinstance(text, str)), "")
            decode_items(_table(self.items), value, row, left, prefix=self.element, skip=self.key)
        if not name:
            left.append(self.element)
            return
        if self.escaped and "%" in name:
            name = unquote(name)
        if not self.keyed:
            put(out, (*self.route, name), row)
            return
        rows = get(out, self.route)
        if rows is None:
            put(out, self.route, rows := [])
        rows.append({"name": name, **row})

    def encode(self, body: Body) -> Tree:
        """See Item."""
        rows = get(body, self.route) or {}
        named = ((row["name"], row) for row in rows) if self.keyed else rows.items()
        nodes: Tree = []
        for name, row in named:
            text = escape(name) if self.escaped else name
            nodes.append((self.element, sort_nodes([(self.key, text), *encode_items(self.items, row)])))
        return nodes

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        yield (self.element,), self.key
        for item in self.items:
            for path, key in item.keys():  # noqa: SIM118 - not a dict
                yield (self.element, *path), key


class Special(NamedTuple):
    """An element with a form of its own; ``key`` as in ``keys``, ``inner`` the keys of repeated elements below."""

    element: str
    reads: Callable[[str | Tree, Body, Left], None]
    writes: Callable[[Body], Tree]
    key: str | None = ""
    inner: tuple[tuple[Path, str | None], ...] = ()
    repeated: bool = True

    def decode(self, value: str | Tree, out: Body, left: Left) -> None:
        """See Item."""
        self.reads(value, out, left)

    def encode(self, body: Body) -> Tree:
        """See Item."""
        return self.writes(body)

    def keys(self) -> Iterator[tuple[Path, str | None]]:
        """See Item."""
        if self.repeated:
            yield (self.element,), self.key
        for path, key in self.inner:
            yield (self.element, *path), key


def escape(name: str) -> str:
    """A name percent-encoded as Salesforce does it in file names and record-type values."""
    out = []
    for at, char in enumerate(name):
        double = char == "_" and ("_" in (name[at - 1 : at], name[at + 1 : at + 2]))
        if (char.isalnum() or char in " -_") and not double:
            out.append(char)
        else:
            out.extend(f"%{byte:02X}" for byte in char.encode())
    return "".join(out)


def sort_nodes(nodes: Tree) -> Tree:
    """Nodes in the vendor's order: the full name first, the rest by tag; equal tags keep their order."""
    return sorted(nodes, key=lambda node: "" if node[0] == "fullName" else node[0])


_TABLES: dict[int, tuple[tuple[Item, ...], dict[str, Item]]] = {}


def _table(items: tuple[Item, ...]) -> dict[str, Item]:
    """Items by tag, built once per table."""
    known = _TABLES.get(id(items))
    if known is None:
        known = _TABLES[id(items)] = (items, {item.element: item for item in items})
    return known[1]


def decode_items(
    table: dict[str, Item], tree: Tree, out: Body, left: Left, *, prefix: str = "", skip: str = ""
) -> None:
    """Read nodes into a body; unknown ones, and a second one of what stands once, go to ``left``."""
    before = len(left)
    seen: set[str] = set()
    for tag, value in tree:
        item = table.get(tag)
        if item is None:
            if tag != skip:
                left.append(tag)
            continue
        if type(item) is Leaf or type(item) is Part:
            if tag in seen:
                left.append(tag)
                continue
            seen.add(tag)
        item.decode(value, out, left)
    if prefix and len(left) > before:
        left[before:] = [f"{prefix}.{path}" for path in left[before:]]


def encode_items(items: tuple[Item, ...], body: Body) -> Tree:
    """The nodes of a table for a body, in the vendor's order."""
    nodes: Tree = []
    for item in items:
        nodes.extend(item.encode(body))
    return sort_nodes(nodes)


def child(tree: Tree | str, tag: str) -> str:
    """The text of the first child with this tag, stripped; empty where there is none."""
    if isinstance(tree, str):
        return ""
    return next((value.strip() for name, value in tree if name == tag and isinstance(value, str)), "")


def node(tag: str, **children: str) -> Node:
    """A node of texts."""
    return tag, sort_nodes(list(children.items()))
