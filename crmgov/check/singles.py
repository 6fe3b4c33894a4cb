"""Rule: what can be there once is there once: governance, and the instance behind an environment."""

from collections.abc import Iterator

from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, of


def check_singles(session: Session) -> Iterator[Diagnostic]:
    """Governance documents and the identities that environments expect."""
    tree = session.tree
    first, *others = tree.of_kind("Governance") or [""]
    for address in others:
        message = f"Governance {parts(address)[2]} stands beside {parts(first)[2]}"
        yield of("DUP001", message, at=tree.where(address), address=address, related=tree.defined(first))
    seen: dict[tuple[str, str], str] = {}
    for address in tree.of_kind("Environment"):
        body = tree.body(address)
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
