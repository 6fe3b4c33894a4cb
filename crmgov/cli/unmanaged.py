"""What an environment holds beside its YAML, and which fields of the YAML it uses."""

from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple

from crmgov.cli.providers import case_of
from crmgov.cli.trouble import Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.provider import ProviderError, Scope
from crmgov.model.snapshot import Snapshot

UNREAD = "what is not in the YAML"


class Unmanaged(NamedTuple):
    """``uses``: by address of a field in the tree, what uses it live and is in no YAML. ``live``: the environment, None
    where it could not be read; ``unread`` is then the place in which uses were not sought, else empty.
    """

    uses: Mapping[str, tuple[str, ...]] = {}
    unread: str = ""
    live: Snapshot | None = None


def unmanaged(workspace: Workspace, environment: str, desired: Snapshot) -> Unmanaged:
    """Look for uses of the tree's fields in what is live and not in the tree."""
    from crmgov.check.mentioned import mentioned
    from crmgov.check.uses import uses

    try:
        with closing(workspace.provider(environment)) as provider:
            live = provider.read(Scope())
            names = provider.normalise(desired).names
    except (ProviderError, Stop):
        return Unmanaged(unread=f"{UNREAD} ({environment} cannot be read)")
    known = {provider.same(native): own for native, own in names.items()}
    fields = [native for native in live if native.startswith("Field/") and provider.same(native) in known]
    case, shipped, hand = case_of([provider.name]), [provider.catalogue()], live.at_hand()
    named = mentioned(hand, shipped, case=case, of=fields)
    found: dict[str, tuple[str, ...]] = {}
    using = uses(hand, shipped, case=case, of=fields)
    for target in fields:
        users = {user for user, _ in using.get(target, ()) if provider.same(user) not in known and user != target}
        users.update(named.get(target, ()))
        if users:
            found[known[provider.same(target)]] = tuple(sorted(users))
    return Unmanaged(found, live=live)


def also_called(natives: Mapping[str, str]) -> dict[str, str]:
    """By address of a field, its address by the names that programs of the CRM use, where they differ."""
    found = {}
    for own, native in natives.items():
        if own.startswith("Field/"):
            at = parse(native)
            found[own] = write("Field", at.name, at.parent)
    return found
