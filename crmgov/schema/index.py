"""One schema for any document: it looks at ``kind`` and hands over to that kind's own file beside it."""

from crmgov.model.kinds import KINDS
from crmgov.schema.build import DIALECT
from crmgov.schema.nodes import Json

INDEX = "index.json"


def index() -> Json:
    """The schema an editor is pointed at; the files of ``build.schemas`` lie in the same folder."""
    return {
        "$schema": DIALECT,
        "title": "crmgov document",
        "description": "One governed thing, or a document about how things are governed.",
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "title": "Kind",
                "description": "What sort of thing this document describes.",
                "enum": list(KINDS),
            }
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"./{kind}.json"},
            }
            for kind in KINDS
        ],
    }
