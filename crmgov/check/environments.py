"""Rule: what an environment's own document says can be meant: paths, times, and where its ledger is kept."""

from collections.abc import Iterator
from datetime import datetime

from crmgov.check.session import Session
from crmgov.check.tree import Tree, parts
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Route, brief, of
from crmgov.model.paths import path_fault

_STORES = ("sqlite", "postgresql")
_CONNECTED = {
    "sql": frozenset({"url", "schema"}),
    "salesforce": frozenset({"project", "include_ignored", "api_version", "org", "login", "copies"}),
}
"""What of a connection each provider reads."""
_WAYS_IN = (("token", {"token"}), ("secret", {"client", "secret"}), ("key", {"client", "username", "key", "audience"}))
"""Ways into an organisation in the order in which they are taken, by what makes each, and all that it reads."""


def check_environments(session: Session) -> Iterator[Diagnostic]:
    """Every environment by itself; what its connection says is for its provider to judge."""
    tree = session.tree
    for address in tree.of_kind("Environment"):
        body = tree.body(address)
        yield from _paths(tree, address, body)
        yield from _ledger(tree, address, body)
        yield from _freezes(tree, address, body)
        yield from _idle(tree, address, body)


def _paths(tree: Tree, address: str, body: Body) -> Iterator[Diagnostic]:
    """Folders and files that are named must lie in the repository; a URL or ``live`` is no path."""
    exports, protection, records = (body.get(name) for name in ("exports", "protection", "records"))
    named: dict[Route, object] = {}
    if isinstance(exports, dict):
        named["exports", "store"] = exports.get("store")
    approvals = protection.get("approvals") if isinstance(protection, dict) else None
    if isinstance(approvals, dict):
        named["protection", "approvals", "signers"] = approvals.get("signers")
    if isinstance(records, dict):
        named |= {("records", name): source for name, source in records.items()}
    else:
        named["records",] = records
    for route, text in named.items():
        if not isinstance(text, str) or text == "live" or "://" in text or text.startswith("${"):
            continue
        fault = path_fault(text)
        if fault:
            message = f"The path {brief(text)} in {parts(address)[2]} {fault}"
            yield of("PLACE001", message, at=tree.where(address, route), address=address)


def _idle(tree: Tree, address: str, body: Body) -> Iterator[Diagnostic]:
    """Parts of a connection that nothing reads."""
    connection, provider = body.get("connection"), str(body.get("provider"))
    if not isinstance(connection, dict) or provider not in _CONNECTED:
        return
    name = parts(address)[2]
    for key in connection:
        if key not in _CONNECTED[provider]:
            told = f"connection.{key} of {name} does nothing: its provider is {provider}"
            yield of("PLACE004", told, at=tree.where(address, ("connection", key)), address=address)
    login = connection.get("login")
    taken = next((way for way in _WAYS_IN if isinstance(login, dict) and way[0] in login), None)
    if provider == "salesforce" and isinstance(login, dict) and taken is not None:
        for key in login:
            if key not in taken[1]:
                told = f"connection.login.{key} of {name} does nothing: {taken[0]} is taken"
                yield of("PLACE004", told, at=tree.where(address, ("connection", "login", key)), address=address)


def _ledger(tree: Tree, address: str, body: Body) -> Iterator[Diagnostic]:
    ledger = body.get("ledger")
    if not isinstance(ledger, str) or ledger == "repository" or ledger.startswith("${"):
        return
    scheme, separator, rest = ledger.partition("://")
    at = tree.where(address, ("ledger",))
    name = parts(address)[2]
    if not separator or scheme not in _STORES:
        shown = f"{scheme}://..." if separator else ledger
        yield of("PLACE002", f"{name} cannot keep its ledger in {brief(shown)}", at=at, address=address)
    elif scheme == "sqlite":
        fault = path_fault(rest[1:]) if rest.startswith("/") else "does not begin with sqlite:///"
        if fault:
            yield of("PLACE001", f"The path of the ledger of {name} {fault}", at=at, address=address)


def _freezes(tree: Tree, address: str, body: Body) -> Iterator[Diagnostic]:
    protection = body.get("protection")
    freezes = protection.get("freezes") if isinstance(protection, dict) else None
    for freeze in freezes if isinstance(freezes, list) else ():
        route = ("protection", "freezes", str(freeze["name"]))
        moments = {}
        for key in ("from", "to"):
            try:
                moments[key] = datetime.fromisoformat(str(freeze.get(key))).replace(tzinfo=None)
            except ValueError:
                message = f'"{key}" of the freeze {freeze["name"]} is no time: {brief(str(freeze.get(key)))}'
                yield of("PLACE003", message, at=tree.where(address, (*route, key)), address=address)
        if len(moments) == 2 and moments["to"] < moments["from"]:
            message = f"The freeze {freeze['name']} ends before it begins"
            yield of("PLACE003", message, at=tree.where(address, (*route, "to")), address=address)
