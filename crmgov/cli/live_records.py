"""``records: live`` of a Salesforce environment: the organisation's own records, counted within a budget of calls."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from crmgov.cli.providers import expand
from crmgov.cli.trouble import stop
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.figures import Records
from crmgov.model.kinds.base import given
from crmgov.model.kinds.environments import Environment, Expects, Login
from crmgov.model.provider import ProviderError
from crmgov.model.snapshot import Snapshot

if TYPE_CHECKING:
    from crmgov.providers.salesforce.live.opened import Way

ENTERING = 7
"""Calls beside one for each object: which organisation it is, what its user sees, how many records there are, and when
fields were made."""
Types = Mapping[str, Mapping[str, str]]


def has_organisation(document: Environment) -> bool:
    """Whether an environment names an organisation whose records can be asked for."""
    return document.provider == "salesforce" and isinstance(document.connection.org, str)


def live_organisation(
    document: Environment, types: Types, snapshot: Snapshot, natives: Mapping[str, str], now: dt.datetime, *,
    memory: int | None, calls: int | None, tell: Callable[[str], None],
) -> Records:  # fmt: skip
    """The organisation's records, of the objects and fields in ``types``; ``natives`` are their own names by address.

    ``tell`` is given a line before anything is asked. Fields that are not in ``snapshot`` need not be there. Ends the
    verb where the organisation cannot be reached, or is another than the environment expects.
    """
    from crmgov.audit.records.files import FileRecords
    from crmgov.audit.records.live import LiveRecords
    from crmgov.providers.salesforce.live.held import Wanted
    from crmgov.providers.salesforce.live.opened import CALLS, open_records

    wanted = {
        name: Wanted(
            _native(natives, "Object", name),
            {field: _native(natives, "Field", field, name) for field in fields},
            frozenset(field for field in fields if write("Field", field, name) not in snapshot),
        )
        for name, fields in types.items()
    }

    def opening(paths: Mapping[str, Path], columns: Types) -> Records:
        return FileRecords(paths, columns, now, memory=memory)

    most = CALLS if calls is None else calls
    first = min(most, len(wanted) + ENTERING)
    tell(f"At most {most:,} calls to the organisation; up to {first:,} of them learn first what it shows")
    try:
        source = open_records(_way(document, most), wanted, now)
    except ProviderError as error:
        raise stop(error.diagnostic.code, error.diagnostic.message, mend=error.diagnostic.mend) from error
    return LiveRecords(source, opening, tell)


def _native(natives: Mapping[str, str], kind: str, name: str, parent: str | None = None) -> str:
    found = natives.get(write(kind, name, parent))
    return parse(found).name if found is not None else name


def _way(document: Environment, calls: int) -> "Way":
    from crmgov.providers.salesforce.live.opened import VERSION, Way

    connection = document.connection
    login = given(connection.login, Login())
    texts = {
        name: expand(value)
        for name in ("token", "client", "secret", "username", "key", "audience")
        if isinstance(value := getattr(login, name), str)
    }
    kind: Literal["sandbox", "production", ""] = ""
    if isinstance(document.expects, Expects) and isinstance(document.expects.kind, str):
        kind = document.expects.kind
    return Way(
        url=expand(given(connection.org, "")), version=given(connection.api_version, VERSION), kind=kind,
        copies=given(connection.copies, otherwise=True), calls=calls, **texts,
    )  # fmt: skip
