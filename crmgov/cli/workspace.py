"""A repository as a verb sees it: its tree, its environments, and what they connect to."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from crmgov.cli.app import App
from crmgov.cli.providers import expand, offline_provider, open_provider
from crmgov.cli.trouble import UNABLE, Stop, stop
from crmgov.load.overlays import apply_overlays
from crmgov.load.tree import Loaded, load_tree
from crmgov.model.address import address as write_address
from crmgov.model.diagnostics import Diagnostic, brief, of
from crmgov.model.kinds.environments import Environment
from crmgov.model.snapshot import Snapshot

if TYPE_CHECKING:
    from crmgov.ledger.protocol import Ledger
    from crmgov.model.provider import Provider


class Workspace:
    """Everything below one repository root, loaded when first asked for."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.root = app.root

    @cached_property
    def loaded(self) -> Loaded:
        """The tree, with whatever is wrong with it."""
        if not (self.root / "config").is_dir() and not (self.root / "environments").is_dir():
            raise stop("CLI003", f"{self.root} holds no configuration")
        return load_tree(self.root)

    @cached_property
    def environments(self) -> list[str]:
        """Names of all environments, as written."""
        return sorted(at.name for _, at in self.loaded.snapshot.of_kind("Environment"))

    def environment(self, name: str) -> Environment:
        """One environment's document. Ends the verb where there is none."""
        spec = self.loaded.snapshot.spec(write_address("Environment", self.called(name)))
        assert isinstance(spec, Environment)
        return spec

    def called(self, name: str) -> str:
        """An environment's name as its file writes it, typed in any case. Ends the verb where there is none."""
        known = self.environments
        found = [one for one in known if one == name] or [one for one in known if one.lower() == name.lower()]
        if len(found) == 1:
            return found[0]
        if found:
            raise stop("CLI007", f"{name} may be {' or '.join(found)}", mend="Write it as its file does.")
        problems = [d for d in self.loaded.diagnostics if d.severity == "error" and _in_environments(d)]
        listed = ", ".join(known) or "none"
        raise Stop(UNABLE, [*problems, of("CLI002", f"No environment is called {brief(name)}; known: {listed}")])

    def desired(self, name: str) -> tuple[Snapshot, list[Diagnostic]]:
        """The tree as this environment should be: overlays applied, checked again."""
        return apply_overlays(self.loaded.snapshot, self.called(name))

    def provider(self, name: str) -> "Provider":
        """The adapter to an environment; nothing is contacted yet."""
        return open_provider(self.environment(name), self.root)

    def offline_provider(self, name: str) -> "Provider":
        """The adapter to an environment for what needs no connection."""
        return offline_provider(self.environment(name), self.root)

    @property
    def at_hand(self) -> bool:
        """Whether there is a tree here at all."""
        return any((self.root / folder).is_dir() for folder in ("config", "environments"))

    def words(self, name: str) -> Mapping[str, str]:
        """What the vendor of an environment calls kinds; nothing where the environment is not one of this tree."""
        try:
            known = self.at_hand and name in self.environments
            return self.offline_provider(name).capabilities().words if known else {}
        except Stop:
            return {}

    def ledger(self, name: str) -> "Ledger":
        """The ledger of an environment."""
        from crmgov.ledger.open import open_ledger

        spec = self.environment(name).ledger
        return open_ledger(expand(spec) if isinstance(spec, str) else None, self.called(name), self.root)


def stated(value: object) -> bool:
    """Whether an attribute has a value at all."""
    return value is not UNSET and value is not None


def protected(environment: Environment) -> bool:
    """Whether an environment is protected: its protection names approvals."""
    protection = environment.protection
    if not stated(protection) or protection is None or isinstance(protection, msgspec.UnsetType):
        return False
    return stated(protection.approvals)


def _in_environments(diagnostic: Diagnostic) -> bool:
    at = diagnostic.at
    return at is not None and (at.file == "environments" or at.file.startswith("environments/"))
