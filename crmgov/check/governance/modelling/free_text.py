"""Rule: what comes from a short list is chosen from a picklist, not typed (governance rules 2 and 3)."""

from collections.abc import Iterator

from crmgov.check.governance.made import Made, label_of, passes_on
from crmgov.check.governance.scene import Scene, rows
from crmgov.check.governance.words import bare, key, words
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic

_CONCEPTS = {"industry": "industries", "leadsource": "lead sources", "country": "countries", "state": "states",
             "stateprovince": "states", "salutation": "salutations"}  # fmt: skip
"""What every CRM owner wants as a list, by its key, and what a list of them is called."""
_QUALIFIERS = {"billing", "shipping", "mailing", "home", "company", "work", "business", "primary", "permanent",
               "account", "customer", "lead", "residence"}  # fmt: skip
"""Words before a concept that leave it what it is."""
_PLAIN = ("text", "textarea")
_GENERIC = {"type", "status", "reason", "category", "name", "title", "priority", "role", "level", "code", "subject",
            "value", "other", "stage", "rating", "source", "grade", "answer", "option", "comment", "description",
            "note"}  # fmt: skip
"""Names of shared picklists that say too little to know what a text field of that name holds."""


def free_text(scene: Scene) -> Iterator[Diagnostic]:
    """Text fields that hold what a picklist should."""
    lists = _lists(scene)
    choosing = _choosing(scene)
    for address, parent, name, body in scene.made:
        if body.get("type") not in _PLAIN or passes_on(parent) or not _typed(scene, parent, name):
            continue
        concept = _concept(name) or _concept(label_of(name, body))
        shared = lists.get(key(bare(name))) or lists.get(key(label_of(name, body)))
        if shared is not None and not _fits(scene, shared, body):
            shared = None
        if shared is None and not concept:
            continue
        beside = [one for one in choosing.get(concept, ()) if one[0] != address]
        yield scene.finding(
            "MODEL001",
            f"{parent}.{name} is free text; {_better(scene, concept, shared, beside)}",
            address,
            ("type",),
            hint="free text",
            evidence=tuple(f"{of}.{other} is chosen from a list" for _, of, other, _ in beside[:3]),
            related=scene.tree.defined(shared) if shared else (),
        )


def _better(scene: Scene, concept: str, shared: str | None, beside: list[Made]) -> str:
    """What a field should be instead: by its concept, a shared picklist of its name, or its like elsewhere."""
    listed = ""
    if shared is not None:
        listed = f"{parts(shared)[2]} with its {len(rows(scene.tree.body(shared).get('values')))} values"
    if not concept:
        return f"there is the picklist {listed}"
    like = f", as in {beside[0][1]}.{beside[0][2]}" if beside else ""
    return f"{_CONCEPTS[concept]} belong in a picklist" + (f", such as {listed}" if listed else like)


def _concept(text: str) -> str:
    said = list(words(bare(text)))
    while len(said) > 1 and said[0] in _QUALIFIERS and "".join(said) not in _CONCEPTS:
        del said[0]
    joined = "".join(said)
    return joined if joined in _CONCEPTS else ""


def _lists(scene: Scene) -> dict[str, str]:
    """The shared picklists made here with something to choose, by the key of their name and label."""
    found: dict[str, str] = {}
    for address in scene.own("Picklist"):
        body = scene.tree.body(address)
        active = [row for row in rows(body.get("values")) if row.get("active") is not False]
        for text in (parts(address)[2], str(body.get("label") or "")):
            if len(active) > 1 and key(bare(text)) and key(bare(text)) not in _GENERIC:
                found.setdefault(key(bare(text)), address)
    return found


def _fits(scene: Scene, shared: str, body: Body) -> bool:
    """Whether the values of a picklist are what a text field holds: one that is too short for them holds codes."""
    length = body.get("length")
    longest = max((len(str(row.get("name"))) for row in rows(scene.tree.body(shared).get("values"))), default=0)
    return not isinstance(length, int) or longest <= length


def _choosing(scene: Scene) -> dict[str, list[Made]]:
    """The fields that choose from a list, by concept."""
    found: dict[str, list[Made]] = {}
    for own in scene.made:
        if own[3].get("type") == "picklist" and (concept := _concept(own[2])):
            found.setdefault(concept, []).append(own)
    return found


def _typed(scene: Scene, parent: str, name: str) -> bool:
    """Whether people fill it. A vendor's project shows that by a layout where it can be edited; YAML may hold none."""
    shown = scene.shown.on(parent, name)
    if not scene.files or parent not in scene.shown.by_object:
        return True
    return any(behavior != "readonly" for _, behavior in shown.values())
