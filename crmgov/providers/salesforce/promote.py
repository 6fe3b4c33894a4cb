"""Vendor files that are promoted whole, with what their resource states beside them written into them."""

from crmgov.model.canonical import Body, digest
from crmgov.providers.salesforce.mapping import Context
from crmgov.providers.salesforce.mapping.items import Leaf
from crmgov.providers.salesforce.names import thing_of
from crmgov.providers.salesforce.splice import render
from crmgov.providers.salesforce.writing.merge import Merge, plain
from crmgov.providers.salesforce.xmltree import XmlError, parse


def promoted(native: str, body: Body, blobs: dict[str, bytes]) -> Body:
    """The body with the digest of its file as it is to be, saying active, label and description as the body does.

    A file that changes so is added to ``blobs``. What cannot be edited stays as it is.
    """
    thing = thing_of(native, body)
    data = blobs.get(str(body["body_file"].get("digest")))
    if data is None or not thing.type.opaque:
        return body
    context = Context(thing.parent, thing.name)
    held = {item.route[0] for item in thing.type.items if isinstance(item, Leaf)}
    try:
        document = parse(data)
        now = thing.type.decode(plain(document.root), [], context)
        wanted = {**now, **{name: value for name, value in body.items() if name in held}}
        if all(now.get(name) == value for name, value in wanted.items()):
            return body
        Merge(thing.type.keys).into(document.root, thing.type.encode(now, context), thing.type.encode(wanted, context))
        changed = render(document)
    except XmlError:
        return body
    key = digest(changed)
    blobs[key] = changed
    return {**body, "body_file": {**body["body_file"], "digest": key}}
