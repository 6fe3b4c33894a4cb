"""One operation carried into the files of a workspace."""

from crmgov.model.canonical import Body, decode, digest, encode
from crmgov.model.diagnostics import Place, of
from crmgov.model.provider import ProviderError
from crmgov.providers.salesforce.mapping import CHILDREN, Context
from crmgov.providers.salesforce.names import Thing, decoded, thing_of
from crmgov.providers.salesforce.splice import insert
from crmgov.providers.salesforce.writing import codes
from crmgov.providers.salesforce.writing.complete import completed
from crmgov.providers.salesforce.writing.locate import Locator, Spot, encoded, file_name
from crmgov.providers.salesforce.writing.merge import Merge, elements, plain
from crmgov.providers.salesforce.writing.workspace import Workspace
from crmgov.providers.salesforce.xml import Tree
from crmgov.providers.salesforce.xmltree import Element, node


class Editor:
    """Writes things of one project; all edits go to one workspace."""

    def __init__(self, locator: Locator, work: Workspace) -> None:
        self.locator = locator
        self.work = work

    def add(self, address: str, body: Body) -> None:
        """Make a new thing. Raises ProviderError where one of that name is there already."""
        thing = thing_of(address, body)
        if self.locator.known(address) is not None:
            raise ProviderError(of(codes.CHANGED, f"{address} is there already", address=address))
        spot = self.locator.new(thing)
        nodes = completed(thing, nodes_of(thing, body), [])
        there = self.work.exists(spot.path)
        if spot.tag:
            if not there:
                self.work.create(
                    spot.path, "AssignmentRules" if thing.type.kind == "Automation" else "CustomObject", []
                )
            root = self.work.document(spot.path).root
            if _child(root, spot.tag, thing.name) is not None:
                raise ProviderError(of(codes.CHANGED, f"{thing.full_name} is in {spot.path} already", address=address))
            insert(root, node(spot.tag, elements([("fullName", encoded(thing.name)), *nodes])), "fullName")
        elif not there:
            self.work.create(spot.path, root_tag(thing), elements(_named(thing, nodes)))
        elif thing.type.kind == "Object":
            Merge(thing.type.keys).into(self.work.document(spot.path).root, [], nodes)
        else:
            message = f"{spot.path} is there already"
            raise ProviderError(of(codes.CHANGED, message, address=address, at=Place(spot.path)))
        self.locator.note(address, thing, spot)

    def modify(self, address: str, before: Body, after: Body, *, renaming: bool = False) -> None:
        """Change what differs between two bodies of a thing."""
        thing = thing_of(address, before)
        known = nodes_of(thing, before)
        old, new = completed(thing, known, known), completed(thing, nodes_of(thing, after), known)
        if old != new:
            Merge(thing.type.keys, renaming=renaming).into(self.element(address, thing), old, new)

    def remove(self, address: str, body: Body) -> None:
        """Take a thing away; an object goes with all that is in its folder or file."""
        thing = thing_of(address, body)
        spot = self.spot(address)
        self.locator.forget(address)
        if thing.type.kind == "Object":
            for path in self.locator.below(thing.name):
                self.work.put(path, None)
        if not spot.tag:
            self.work.put(spot.path, None)
            return
        root = self.work.document(spot.path).root
        element = _child(root, spot.tag, thing.name)
        if element is not None:
            root.children.remove(element)
        if not root.children:
            self.work.put(spot.path, None)

    def rename(self, old: str, new: str, body: Body) -> None:
        """Give a thing another name: that of its file, and the full name inside."""
        before, after = thing_of(old, body), thing_of(new, body)
        spot = self.spot(old)
        name = self.element(old, before).first("fullName")
        if name is not None:
            name.text = encoded(after.name) if spot.tag else after.name
        if not spot.tag:
            folder, _, base = spot.path.rpartition("/")
            spot = Spot(f"{folder}/{file_name(after)}{base.removeprefix(file_name(before))}")
            self.work.move(self.spot(old).path, spot.path)
        self.locator.note(new, after, spot)

    def body(self, address: str, body: Body) -> Body:
        """What the edited files say of a thing, as the mapping tables read it."""
        thing = thing_of(address, body)
        tree = plain(self.element(address, thing))
        if isinstance(tree, list) and thing.type.kind == "Object":
            tree = [(tag, value) for tag, value in tree if tag not in CHILDREN]
        read = thing.type.decode(tree, [], Context(thing.parent, thing.name))
        if thing.type.opaque and "body_file" in body:
            data = self.work.content(self.spot(address).path) or b""
            read["body_file"] = {**body["body_file"], "digest": digest(data)}
        return read

    def spot(self, address: str) -> Spot:
        """Where a thing is. Raises ProviderError where it is not."""
        spot = self.locator.known(address)
        if spot is None or not self.work.exists(spot.path):
            where = spot.path if spot else "the project"
            raise ProviderError(of(codes.MISSING, f"{address} is not in {where} any more", address=address))
        return spot

    def element(self, address: str, thing: Thing) -> Element:
        """The element that holds a thing. Raises ProviderError where it is gone."""
        spot = self.spot(address)
        root = self.work.document(spot.path).root
        element = _child(root, spot.tag, thing.name) if spot.tag else root
        if element is None:
            raise ProviderError(of(codes.MISSING, f"{address} is not in {spot.path} any more", address=address))
        return element


def nodes_of(thing: Thing, body: Body) -> Tree:
    """The nodes a body stands for; rows named by a key in the order of their keys."""
    ordered: Body = decode(encode(body))
    return thing.type.encode(ordered, Context(thing.parent, thing.name))


def root_tag(thing: Thing) -> str:
    """The root element of a thing's own file."""
    return f"{thing.name}Settings" if thing.type.name == "Settings" else thing.type.name


def _named(thing: Thing, nodes: Tree) -> Tree:
    """With the full name before them where files of the type hold it: children of objects."""
    return [("fullName", encoded(thing.name)), *nodes] if thing.type.form.child else nodes


def _child(root: Element, tag: str, name: str) -> Element | None:
    folded = name.casefold()
    return next((e for e in root.all(tag) if decoded(e.value("fullName") or "").casefold() == folded), None)
