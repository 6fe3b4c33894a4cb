"""Rule: what can be there once is there once: governance, and the instance behind an environment."""

from collections.abc import Iterator
from posixpath import normpath

from crmgov.check.session import Session
from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, of


def check_singles(session: Session) -> Iterator[Diagnostic]:
    """Governance documents and the identities that environments expect."""
    tree = session.tree
    first, *others = tree.of_kind("Governance") or [""]
    for address in others:
        message = f"Governance {parts(address)[2]} stands beside {parts(first)[2]}"
        yield of("DUP001", message, at=tree.where(address), address=address, related=tree.defined(first))
    yield from _one_each(tree)


def _one_each(tree: Tree) -> Iterator[Diagnostic]:
    """No two environments expect one instance, or are reached the same way."""
    seen: dict[tuple[str, ...], str] = {}
    for address in tree.of_kind("Environment"):
        body = tree.body(address)
        yield from _same_place(tree, address, body, seen)
        expects = body.get("expects")
        instance = expects.get("instance") if isinstance(expects, dict) else None
        if not isinstance(expects, dict) or not isinstance(instance, str):
            continue
        key = (str(expects.get("provider") or body.get("provider")), instance)
        earlier = seen.setdefault(key, address)
        if earlier != address:
            at = tree.where(address, ("expects", "instance"))
            message = f"{parts(address)[2]} and {parts(earlier)[2]} both expect {instance}"
            related = tree.defined(earlier, ("expects", "instance"))
            yield of("DUP002", message, at=at, address=address, related=related)


def _same_place(tree: Tree, address: str, body: Body, seen: dict[tuple[str, ...], str]) -> Iterator[Diagnostic]:
    connection = body.get("connection")
    if not isinstance(connection, dict):
        return
    for key in ("url", "project"):
        text = connection.get(key)
        if not isinstance(text, str) or not text:
            continue
        head, mark, path = text.rpartition(":///") if key == "url" else ("", "", text)
        place = f"{head}{mark}{normpath(path)}" if mark or key == "project" else text
        schema = str(connection.get("schema") or "")
        earlier = seen.setdefault(("connection", key, place, schema), address)
        if earlier != address:
            at = tree.where(address, ("connection", key))
            message = f"{parts(address)[2]} and {parts(earlier)[2]} are reached the same way"
            related = tree.defined(earlier, ("connection", key))
            yield of("DUP002", message, at=at, address=address, related=related)
