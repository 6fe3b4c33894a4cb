"""Random edits of a document, each with the bytes it may touch at most."""

import random

from crmgov.providers.salesforce.splice import insert, render
from crmgov.providers.salesforce.xmltree import Element, copy, node, parse, signature

TEXTS = [
    "x",
    "",
    "a & b < c > d",
    'it\'s "so"',
    "zwei\nZeilen",
    "\u00e6\u00f8\u00e5 \U0001f600",
    "]]>",
    "true",
    "&amp;",
    " padded ",
]
TAGS = ["aaa", "fullName", "label", "mmm", "values", "zzz"]


def subtree(rng: random.Random, depth: int = 0) -> Element:
    """A new element, sometimes with children."""
    if depth < 2 and rng.random() < 0.4:
        return node(rng.choice(TAGS), [subtree(rng, depth + 1) for _ in range(rng.randint(1, 3))])
    return node(rng.choice(TAGS), rng.choice(TEXTS))


def one_edit(data: bytes, rng: random.Random) -> tuple[str, bytes]:
    """One random edit; asserts that it touched only what it had to. Returns what was done and the new bytes."""
    document = parse(data)
    nodes = list(document.root.walk())
    parents = {id(child): parent for parent in nodes for child in parent.children}
    target = rng.choice(nodes)
    action = rng.choice(["text", "insert", "delete", "move", "replace"])
    if action == "text":
        leaves = [item for item in nodes if not item.children]
        if not leaves:
            return "none", data
        target = rng.choice(leaves)
        target.text = rng.choice([*TEXTS, target.text + "!", "!" + target.text])
        low, high = (
            (target.start, target.end) if target.close_start == target.end else (target.open_end, target.close_start)
        )
    elif action == "insert":
        if target.text.strip():
            target = parents.get(id(target), document.root)
        if target.text.strip():
            return "none", data
        insert(target, subtree(rng), rng.choice(["", "fullName", "label"]))
        low, high = target.start, target.end
        if target.original:
            low, high = _only_inserts(data, render(document), target)
    else:
        if target is document.root or parents[id(target)].text.strip():
            return "none", data
        siblings = parents[id(target)].children
        at = siblings.index(target)
        low, high = target.start, target.end
        if action == "delete":
            del siblings[at]
        elif action == "replace":
            siblings[at] = subtree(rng) if rng.random() < 0.5 else copy(target)
        else:
            siblings.remove(target)
            siblings.insert(rng.randint(0, len(siblings)), target)
            low, high = parents[id(target)].open_end, parents[id(target)].close_start
        while data[low - 1] in b" \t\r\n":
            low -= 1
        while data[high] in b" \t\r\n":
            high += 1
    result = render(document)
    assert signature(parse(result).root) == signature(document.root)
    assert result[:low] == data[:low], action
    assert result[len(result) - (len(data) - high) :] == data[high:], action
    assert render(parse(result)) == result
    return action, result


def _only_inserts(data: bytes, result: bytes, parent: Element) -> tuple[int, int]:
    """The one point at which the result has more than the data; fails where something else changed."""
    extra = len(result) - len(data)
    at = parent.open_end
    while at <= parent.close_start and result[:at] == data[:at]:
        if result[at + extra :] == data[at:]:
            return at, at
        at += 1
    raise AssertionError("an insertion changed other bytes")


def edit_files(files: list[bytes], rounds: int, seed: int) -> dict[str, int]:
    """Random edits of random files, a few in a row on each; returns how many of each sort were made."""
    rng = random.Random(seed)
    done: dict[str, int] = {}
    for _ in range(rounds):
        data = rng.choice(files)
        for _ in range(rng.randint(1, 3)):
            action, data = one_edit(data, rng)
            done[action] = done.get(action, 0) + 1
    return done
