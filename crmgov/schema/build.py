"""The JSON Schemas of all kinds, and ``python -m crmgov.schema.build`` to write them to ``schemas/``.

One file per kind, self-contained. ``body_schema`` is what a resource's body must be; ``document_schema`` adds the
envelope that stands in YAML.
"""

import json
import sys
from functools import cache
from pathlib import Path

from msgspec import inspect

from crmgov.model.kinds import INLINE, KINDS
from crmgov.schema.conditions import field_conditions
from crmgov.schema.formats import formats
from crmgov.schema.nodes import Json, Nodes, Words, of_class

DIALECT = "https://json-schema.org/draft/2020-12/schema"
API_VERSION = "crmgov/v1"


def _text(title: str, description: str) -> Json:
    return {"title": title, "description": description, "type": "string", "minLength": 1}


def _body(kind: str, nodes: Nodes) -> Json:
    spec = inspect.type_info(KINDS[kind].spec)
    assert isinstance(spec, inspect.StructType)
    words = of_class(spec.cls)
    schema = nodes.struct(spec, Words(words.title, words.description))
    if kind == "Field":
        schema["allOf"] = field_conditions()
    return schema


@cache
def body_schema(kind: str) -> Json:
    """The schema of a kind's body: a document without kind, name, object, apiVersion and inline resources."""
    nodes = Nodes()
    body = _body(kind, nodes)
    return {"$schema": DIALECT, **body, **({"$defs": nodes.defs} if nodes.defs else {})}


@cache
def document_schema(kind: str) -> Json:
    """The schema of a whole document of a kind, as it stands in YAML."""
    info = KINDS[kind]
    nodes = Nodes()
    body = _body(kind, nodes)
    envelope: Json = {
        "apiVersion": {
            "title": "API version",
            "description": "The version of this format; may be left out.",
            "const": API_VERSION,
        },
        "kind": {"title": "Kind", "description": "What sort of thing this document describes.", "const": kind},
        "name": _text("Name", "Its name, unique per kind and object."),
    }
    required = ["kind", "name"]
    if info.parent != "never":
        envelope["object"] = _text("Object", "The object it belongs to.")
        required += ["object"] if info.parent == "always" else []
    if kind == "Object":
        for key, inner in INLINE.items():
            envelope[key] = _inline(key, inner, nodes)
    schema = {
        "$schema": DIALECT,
        **body,
        "required": required + body.get("required", []),
        "properties": {**envelope, **body["properties"]},
    }
    return {**schema, **({"$defs": nodes.defs} if nodes.defs else {})}


def _inline(key: str, kind: str, nodes: Nodes) -> Json:
    nodes.defs[kind] = _body(kind, nodes)
    title = key.replace("_", " ")
    return {
        "title": title.capitalize(),
        "description": f"The object's own {title}, by name.",
        "type": "object",
        "propertyNames": {"title": "Name", "description": "Its name.", "minLength": 1},
        "additionalProperties": {"$ref": f"#/$defs/{kind}"},
    }


def schemas() -> dict[str, Json]:
    """The schemas of all kinds by file name."""
    return {f"{kind}.json": document_schema(kind) for kind in KINDS}


def published() -> dict[str, Json]:
    """All files of ``schemas/``: the kinds, and the formats of the files crmgov writes."""
    return {**schemas(), **formats(DIALECT)}


def text_of(schema: Json) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write all schemas to a folder; returns the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in published().items():
        path, text = folder / name, text_of(schema)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas")):
        sys.stdout.write(f"{written}\n")
