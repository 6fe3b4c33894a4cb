"""Edits of a pulled Salesforce project, made in the text of its YAML as people make them."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Snapshot
from tests.scenarios.world import World

_NAMED = re.compile(r"^(kind|name|object): (.*)$", re.MULTILINE)
VALUE = "Søk & <find>"
STAGE = "Crmgov stage"
_NAMING = ("Layout", "PermissionSet")
"""Kinds in whose bodies a field is named as such, and nowhere in a text."""


class Edits:
    """The edits of one project. ``made`` tells of each what it should come to: ``action address``."""

    def __init__(self, world: World, live: Snapshot) -> None:
        self.world = world
        self.live = live
        self.files = _index(world.root)
        self.made: set[str] = set()
        self.taken: set[str] = set()

    def all(self) -> set[str]:
        """A change of each kind that the project allows."""
        self.rename_a_field()
        self.add_a_value()
        self.add_a_stage()
        self.remove_a_field()
        owner = self.add_a_field()
        self.add(
            "Validation",
            "Crmgov_Check",
            f"object: {owner}\nactive: true\nformula: ISBLANK(Crmgov_Note__c)\nmessage: 'No.'\n",
        )
        self.add("Role", "Crmgov_Reviewer", "label: Reviewer\n")
        rows = f"fields:\n  {owner}:\n    fields:\n      Crmgov_Note__c: edit\n"
        self.add("PermissionSet", "Crmgov_Reviewers", f"label: Reviewers\n{rows}")
        self.widen_a_permission()
        return self.made

    def bodies(self, kind: str) -> Iterator[tuple[str, Body]]:
        """What of a kind is the project's own and has a document."""
        for at, _ in self.live.of_kind(kind):
            if at in self.files and self.live.origin(at) == "custom" and at not in self.taken:
                yield at, self.live.body(at)

    def add(self, kind: str, name: str, text: str) -> None:
        """A new document."""
        self.world.write(f"config/added/{name}.yaml", f"kind: {kind}\nname: {name}\n{text}")
        owner = re.search(r"^object: (.*)$", text, re.MULTILINE)
        self.made.add(f"add {address(kind, name, owner[1] if owner else None)}")

    def add_a_field(self) -> str:
        """A new field; returns its object."""
        owner = next(str(parse(at).parent) for at, _ in self.bodies("Field"))
        self.add("Field", "Crmgov_Note__c", f"object: {owner}\nlabel: Note\ntype: text\nlength: 80\n")
        return owner

    def insert(self, at: str, collection: str, row: str) -> None:
        """A row in the second place of a list, however it is laid out."""
        lines = self.world.read(self.files[at]).splitlines(keepends=True)
        start = next(n for n, line in enumerate(lines) if re.match(rf" *{re.escape(collection)}:", line))
        indent = len(lines[start]) - len(lines[start].lstrip())
        if "[" in lines[start]:
            lines[start] = re.sub(r"\[([^,\]]*)", lambda found: f"[{found[1]}, {row}", lines[start], count=1)
        else:
            lines.insert(start + 2, f"{' ' * indent}  - {row}\n")
        self.world.write(self.files[at], "".join(lines))
        self.made.add(f"modify {at}")
        self.taken.add(at)

    def add_a_value(self) -> None:
        """A new value of a picklist, and of every record type that offers values of it; of one with record types if any."""
        fields = {at: self._offering(at) for at, body in self.bodies("Field") if body.get("values")}
        if not fields:
            return
        field = next((at for at, offering in fields.items() if offering), next(iter(fields)))
        self.insert(field, "values", f'"{VALUE}"')
        for one in fields[field]:
            self.insert(one, parse(field).name, f'"{VALUE}"')

    def _offering(self, field: str) -> list[str]:
        """The record types that offer values of a field."""
        where = parse(field)
        types = ((at, body.get("picklists") or {}) for at, body in self.bodies("RecordType"))
        return [at for at, picklists in types if parse(at).parent == where.parent and where.name in picklists]

    def add_a_stage(self) -> None:
        """A new stage of a stage set, and of a pipeline on it."""
        pipelines = [(at, body) for at, body in self.bodies("Pipeline") if len(body.get("stages") or ()) > 1]
        for at, body in pipelines[:1]:
            stages = f"StageSet/{body.get('stage_set')}"
            if stages in self.files:
                self.insert(stages, "stages", f"{{name: {STAGE}, outcome: open}}")
            self.insert(at, "stages", STAGE)

    def rename_a_field(self) -> None:
        """A field under another name, in its document and wherever one names it."""
        at = next(self._renamable(), None)
        if at is None:
            return
        where = parse(at)
        for path in set(self.files.values()):
            text = self.world.read(path)
            if where.name in text:
                self.world.write(path, re.sub(rf"\b{where.name}\b", "Crmgov_Renamed__c", text))
        self.world.edit(
            self.files[at], "name: Crmgov_Renamed__c\n", f"name: Crmgov_Renamed__c\nrenamed_from: [{where.name}]\n"
        )
        self.made.add(f"rename {address('Field', 'Crmgov_Renamed__c', where.parent)}")
        self.taken.add(at)

    def _renamable(self) -> Iterator[str]:
        """Custom fields that layouts or permission sets name, and nothing else but their own document.

        Those of Activity are named as fields of Task and Event.
        """
        for at, _ in self.bodies("Field"):
            word = parse(at).name.encode()
            users = {parse(other).kind for other, data in self.live.bodies.items() if word in data and other != at}
            alone = not any(parse(other).name == parse(at).name for other in self.live if other != at)
            if (
                parse(at).parent != "Activity"
                and alone
                and users
                and users <= set(_NAMING)
                and not self._in_texts(parse(at).name)
            ):
                yield at

    def _in_texts(self, name: str) -> bool:
        """Whether a file that crmgov keeps whole, or does not hold, names it."""
        held = (".field-meta.xml", ".layout-meta.xml", ".permissionset-meta.xml", ".profile-meta.xml")
        files = (path for path in (self.world.root / "project").rglob("*") if path.is_file())
        return any(name.encode() in path.read_bytes() for path in files if not path.name.endswith(held))

    def remove_a_field(self) -> None:
        """A field that nothing names is deleted."""
        for at, _ in self.bodies("Field"):
            name = parse(at).name
            word = name.encode()
            if not self._in_texts(name) and not any(word in data for o, data in self.live.bodies.items() if o != at):
                (self.world.root / self.files[at]).unlink()
                self.made.add(f"remove {at}")
                self.taken.add(at)
                return

    def widen_a_permission(self) -> None:
        """A denied right to create records is granted, where they can be read."""
        for at, _ in self.bodies("PermissionSet"):
            text = self.world.read(self.files[at])
            if "create: false, read: true" in text and "&" not in text:
                self.world.write(self.files[at], text.replace("create: false", "create: true", 1))
                self.made.add(f"modify {at}")
                return


def _index(root: Path) -> dict[str, str]:
    """The document of each address, by its first lines; pull writes one to a file."""
    found = {}
    for path in sorted((root / "config").rglob("*.yaml")):
        named = {key: _plain(value) for key, value in _NAMED.findall(path.read_text(encoding="utf-8"))}
        found[address(named["kind"], named["name"], named.get("object"))] = path.relative_to(root).as_posix()
    return found


def _plain(value: str) -> str:
    return str(msgspec.yaml.decode(value)) if value[:1] in "\"'" else value
