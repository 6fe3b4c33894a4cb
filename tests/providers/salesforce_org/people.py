"""Who calls: users, the tokens they hold, the apps that get tokens for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .objects import Record

Sees = Callable[[str, Record], bool]


@dataclass(frozen=True)
class User:
    """A user of the API. `sees` says which records sharing gives it where it may not see all.

    `by_set` says that what it may see comes from a permission set, not from its profile.
    """

    id: str
    username: str
    profile: str
    view_all_data: bool = True
    view_all: tuple[str, ...] = ()
    hidden_fields: tuple[str, ...] = ()
    hidden_objects: tuple[str, ...] = ()
    sees: Sees | None = None
    active: bool = True
    by_set: bool = False

    def may_see(self, object_name: str, record: Record) -> bool:
        """Whether a record is there for this user."""
        if self.view_all_data or self.sees is None or object_name.lower() in {name.lower() for name in self.view_all}:
            return True
        return self.sees(object_name, record)

    def lacks(self, object_name: str) -> bool:
        """Whether an object is not there for this user."""
        return object_name.lower() in {name.lower() for name in self.hidden_objects}

    def hides(self, object_name: str, field_name: str) -> bool:
        """Whether a field is not there for this user. Seeing all data does not give fields: they are granted one by one."""
        return f"{object_name}.{field_name}".lower() in {name.lower() for name in self.hidden_fields}


@dataclass(frozen=True)
class App:
    """A connected app: what it must present, and for whom it acts."""

    client_id: str
    secret: str | None
    user: User | None
    public_key_pem: str | None


class Call(NamedTuple):
    """A metered request. `query` is what follows the question mark, with the percent signs undone."""

    method: str
    path: str
    query: str
