"""What bodies in the vendor's own form say: fields read and written, what they start on, and what they surely do."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Derived, Snapshot
from crmgov.providers.salesforce import derive
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.mapping import BY_SUFFIX, MetadataType
from crmgov.providers.salesforce.mapping.items import child
from crmgov.providers.salesforce.naming import Names
from crmgov.providers.salesforce.outlines import flow_outline, workflow_outlines
from crmgov.providers.salesforce.xml import Parser, Tree, XmlError

Lookups = Mapping[tuple[str, str], str]


def facts_of(kind: MetadataType, tree: Tree | str, owner: str, lookups: Lookups) -> Derived:
    """What one body says, in native names. ``owner`` is the object it belongs to, where it belongs to one."""
    facts = derive.Facts(lookups)
    if kind.name == "Flow":
        derive.flow(tree, facts)
        state = child(tree, "status")
        if state in ("Active", ""):
            facts.outlines += flow_outline(tree)
        else:
            facts.state = state
    elif kind.name == "Workflow":
        derive.workflow(tree, owner, facts)
        facts.outlines += workflow_outlines(tree, owner)
    elif kind.name == "ApprovalProcess":
        derive.approval(tree, owner, facts)
    else:
        facts.triggers.add(f"{owner}:{'saved' if kind.name == 'EscalationRules' else 'created'}")
        derive.rules(tree, owner, facts)
    return facts.result()


def derived_of(snapshot: Snapshot, catalogue: SalesforceCatalogue) -> dict[str, Derived]:
    """What the files beside a tree say, by address in the tree and in its own names; one that cannot be read says
    nothing and is left out.
    """
    automations = {one: snapshot.body(one) for one in snapshot if one.startswith("Automation/")}
    opaque = {one: body for one, body in automations.items() if body.get("body_file")}
    if not opaque:
        return {}
    names, parser = Names(snapshot, catalogue), Parser()
    lookups = _lookups(snapshot, names, catalogue)
    own = {native: one for one, native in names.native.items() if native != one}
    found: dict[str, Derived] = {}
    for one, body in opaque.items():
        path = PurePosixPath(str(body["body_file"].get("path")))
        kind = BY_SUFFIX.get(path.name.removesuffix("-meta.xml").rpartition(".")[2])
        data = snapshot.blobs.get(str(body["body_file"].get("digest")))
        if kind is None or data is None or one not in names.native:
            continue
        try:
            tag, tree = parser.parse(data, path.name)
        except XmlError:
            continue
        if tag == kind.name:
            facts = facts_of(kind, tree, str(parse(names.native[one]).parent), lookups)
            found[one] = _called(facts, own) if own else facts
    return found


def _lookups(snapshot: Snapshot, names: Names, catalogue: SalesforceCatalogue) -> Lookups:
    """The lookups of a tree's fields and of standard ones, by native names."""
    fields: dict[tuple[str, str], Body] = {}
    for native in names.native.values():
        at = parse(native)
        for name in catalogue.names("Field", at.name) if at.kind == "Object" else ():
            fields[at.name, name] = catalogue.field(at.name, name) or {}
    for one, native in names.native.items():
        at = parse(native)
        if at.kind == "Field" and (targets := snapshot.body(one).get("references")):
            fields[str(at.parent), at.name] = {"references": [names.object(target) for target in targets]}
    return derive.lookups_of(fields)


def _called(facts: Derived, own: Mapping[str, str]) -> Derived:
    """The same in a tree's own names. What a body surely does is told of names that are the vendor's only."""

    def field(path: str) -> str:
        owner, _, name = path.partition(".")
        at = parse(own.get(address("Field", name, owner), address("Field", name, owner)))
        return f"{at.parent}.{at.name}"

    def started(path: str) -> str:
        owner, sign, event = path.partition(":")
        return (
            f"{parse(own.get(address('Object', owner), address('Object', owner))).name}:{event}"
            if sign
            else field(path)
        )

    return msgspec.structs.replace(
        facts, reads=tuple(map(field, facts.reads)), writes=tuple(map(field, facts.writes)),
        triggers=tuple(map(started, facts.triggers)), outlines=(),
    )  # fmt: skip
