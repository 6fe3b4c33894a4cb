"""The state of the org."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from .faults import Fault
from .fields import Field
from .ids import PREFIXES, make_id
from .objects import Record, SObject, system_fields
from .people import App, Call, Sees, User
from .setup import TABLES, table


class Org:
    """A Salesforce org: what it has, who calls, what was called."""

    def __init__(
        self,
        *,
        id: str = "00D5e000000HEcPEAW",  # noqa: A002 - what the vendor calls it
        name: str = "Acme",
        sandbox: bool = False,
        api_versions: tuple[str, ...] = ("66.0", "67.0"),
        daily_calls: int = 15_000,
        kind: str = "Enterprise Edition",
    ) -> None:
        self.id, self.name, self.sandbox, self.kind = id, name, sandbox, kind
        self.api_versions, self.daily_calls = api_versions, daily_calls
        self.objects: dict[str, SObject] = {}
        self.users: list[User] = []
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, User] = {}
        self.calls: list[Call] = []
        self.cursors: dict[str, Any] = {}
        self.jobs: dict[str, Any] = {}
        self.faults: list[Fault] = []
        self.mistakes: list[Exception] = []
        self.url = ""
        self.made: dict[str, datetime] = {}
        """When custom objects and fields were made, by `Lead.Region__c`; just now where it is not said."""
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.started = self.now().replace(microsecond=0)
        self.lock = threading.RLock()
        self._numbers = 0

    def number(self) -> int:
        """The next of the org's numbers, for ids and tokens."""
        with self.lock:
            self._numbers += 1
            return self._numbers

    def object(
        self,
        name: str,
        fields: Iterable[Field] = (),
        records: Iterable[Mapping[str, object]] = (),
        *,
        sharing: str = "ReadWrite",
        prefix: str = "",
        counted: int | None = None,
    ) -> SObject:
        """An object with its records. `counted` is what the cached count of records says, where it lags behind."""
        given = list(fields)
        if not prefix:
            prefix = PREFIXES.get(name.lower()) or f"a{len(self.objects):02d}"
        made = SObject(name, prefix, sharing=sharing, counted=counted, label=name.removesuffix("__c").replace("_", " "))
        for one in [*system_fields(name, given, sharing != "ControlledByParent"), *given]:
            made.add(one)
        if name in TABLES:
            raise ValueError(f"{name} is filled from what the org is")
        self.objects[name.lower()] = made
        for record in records:
            self.put(name, record)
        return made

    def put(self, name: str, record: Mapping[str, Any]) -> Record:
        """One record more."""
        with self.lock:
            first = self.users[0].id if self.users else make_id("005", 1)
            return self.objects[name.lower()].put(record, self.now().replace(microsecond=0), first)

    def user(
        self,
        username: str = "ada@acme.example",
        *,
        view_all_data: bool = True,
        view_all: tuple[str, ...] = (),
        hidden_fields: tuple[str, ...] = (),
        hidden_objects: tuple[str, ...] = (),
        sees: Sees | None = None,
        profile: str = "System Administrator",
        active: bool = True,
        by_set: bool = False,
    ) -> User:
        """A user of the API."""
        made = User(
            id=make_id("005", len(self.users) + 1),
            username=username,
            profile=profile,
            view_all_data=view_all_data,
            view_all=view_all,
            hidden_fields=hidden_fields,
            hidden_objects=hidden_objects,
            sees=sees,
            active=active,
            by_set=by_set,
        )
        self.users.append(made)
        return made

    def token(self, user: User) -> str:
        """A valid access token."""
        token = f"{self.id[:15]}!AQ4AQ{self.number():08d}.{user.id}"
        with self.lock:
            self.tokens[token] = user
        return token

    def app(
        self, client_id: str, secret: str | None = None, user: User | None = None, public_key_pem: str | None = None
    ) -> App:
        """A connected app: with a secret it acts as `user`, with a public key for any active user it is asked for."""
        made = self.apps[client_id] = App(client_id, secret, user, public_key_pem)
        return made

    def fail(self, match: str = "", times: int = 1, **how: Any) -> Fault:
        """Bad luck for requests to come; see `Fault` for what can go wrong."""
        made = Fault(match, times, **how)
        with self.lock:
            self.faults.append(made)
        return made

    def find(self, name: str) -> SObject | None:
        """An object by its API name, in any case."""
        return self.objects.get(name.lower()) or table(self, name)

    def everything(self) -> list[SObject]:
        """All objects, those of setup too."""
        setup = [table(self, name) for name in TABLES if name.lower() not in self.objects]
        return [*self.objects.values(), *(one for one in setup if one is not None)]
