"""Everything an audit looks at, brought together: configuration, records, and what is known of their age."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from crmgov.cli.paths import leads_to
from crmgov.cli.providers import case_of, catalogue, expand
from crmgov.cli.sources import open_source
from crmgov.cli.trouble import stop
from crmgov.cli.workspace import Workspace
from crmgov.model.address import parse
from crmgov.model.diagnostics import brief
from crmgov.model.figures import Records
from crmgov.model.provider import Provider, Scope, Stored
from crmgov.model.snapshot import Snapshot

if TYPE_CHECKING:
    from crmgov.audit.run import Audit

_NOT_LOOKED_AT = ("program text (--code PATH)", "private reports")
"""Where a use of a field may hide from an audit that was told of nothing else."""


def opened_records(workspace: Workspace, environment: str | None, source: str | None, where: str | None) -> Records:
    """The records to count. Ends the verb where there are none to be had."""
    now = dt.datetime.now(dt.UTC)
    if where is None:
        assert environment is not None
        document = workspace.environment(environment)
        named = document.records if isinstance(document.records, str) else "live"
        if named == "live":
            return _live(workspace, environment, now)
        where = expand(named)
        path = workspace.root / where
    else:
        path = Path(where)
    if "://" in where:
        from crmgov.audit.records.warehouse import WarehouseRecords

        return _reached(
            lambda: WarehouseRecords(where, _types(_configuration(workspace, environment, source)), workspace.root, now)
        )
    if not leads_to(str(path)):
        raise stop("CLI005", f"{brief(where)} is no file or folder of records")
    from crmgov.audit.records.files import FileRecords

    return FileRecords(path, _types(_configuration(workspace, environment, source)), now)


def _live(workspace: Workspace, name: str, now: dt.datetime) -> Records:
    """The records in the environment's own database."""
    from crmgov.audit.records.database import DatabaseRecords

    provider = workspace.provider(name)
    stored = getattr(provider, "stored", None)
    if stored is None:
        raise stop(
            "CLI004", f"{name} is files, which hold no records",
            mend="Name an export with --records PATH, or in the environment: records: PATH.",
        )  # fmt: skip
    url = workspace.environment(name).connection.url
    assert isinstance(url, str)
    live = provider.read(Scope())
    renamed = _renamed(stored(live), provider, workspace.desired(name)[0])
    return _reached(lambda: DatabaseRecords(workspace.called(name), expand(url), renamed, workspace.root, now))


def _reached(opened: Callable[[], Records]) -> Records:
    """Records that can be reached. Ends the verb where they cannot."""
    from crmgov.audit.records.refusals import UnreachableError

    try:
        return opened()
    except UnreachableError as error:
        raise stop("CLI009", f"the records cannot be reached: {error}") from error


def _renamed(stored: Sequence[Stored], provider: Provider, desired: Snapshot) -> list[Stored]:
    """Where records lie, by the names the repository uses."""
    names = provider.normalise(desired).names
    objects = {parse(native).name: parse(name).name for native, name in names.items() if native.startswith("Object/")}
    fields: dict[tuple[str | None, str], str] = {
        (at.parent, at.name): parse(name).name
        for native, name in names.items()
        if (at := parse(native)).kind == "Field"
    }
    return [
        msgspec.structs.replace(
            one,
            object=objects.get(one.object, one.object),
            columns={fields.get((one.object, field), field): column for field, column in one.columns.items()},
            links={fields.get((one.object, field), field): link for field, link in one.links.items()},
        )
        for one in stored
    ]


def _types(snapshot: Snapshot) -> Mapping[str, Mapping[str, str]]:
    """By object, the type of each field."""
    found: dict[str, dict[str, str]] = {at.name: {} for _, at in snapshot.of_kind("Object")}
    for address, at in snapshot.of_kind("Field"):
        found.setdefault(at.parent or "", {})[at.name] = str(snapshot.body(address).get("type") or "text")
    return found


def _configuration(workspace: Workspace, environment: str | None, source: str | None) -> Snapshot:
    if source is not None:
        return open_source(workspace, source).snapshot
    return workspace.loaded.snapshot if environment is None else workspace.desired(environment)[0]


def audited(
    workspace: Workspace, environment: str | None, source: str | None, records: Records, only: tuple[str, ...],
    excluded: tuple[str, ...],
) -> "Audit":  # fmt: skip
    """The audit itself."""
    from crmgov.audit.run import audit
    from crmgov.audit.scene import AuditScene
    from crmgov.check.governance.scene import Scene

    if source is not None:
        opened = open_source(workspace, source)
        snapshot = opened.snapshot
        catalogues = [opened.catalogue] if opened.catalogue is not None else []
        providers = [opened.provider.name] if opened.provider is not None else []
    else:
        snapshot = _configuration(workspace, environment, source)
        named = [environment] if environment is not None else workspace.environments
        providers = sorted({workspace.environment(name).provider for name in named})
        catalogues = [catalogue(provider) for provider in providers]
    config = Scene(
        snapshot.at_hand(), catalogues, today=dt.datetime.now(dt.UTC).date(), case=case_of(providers),
        files="salesforce" in providers and source is not None,
    )  # fmt: skip
    holdings = {name: held for name, held in records.holdings().items() if _wanted(name, only, excluded)}
    return audit(AuditScene(config, holdings, not_looked_at=_NOT_LOOKED_AT), records)


def _wanted(name: str, only: tuple[str, ...], excluded: tuple[str, ...]) -> bool:
    """Whether an object takes part; fields are named by their object."""
    chosen = {one.rpartition("/")[2].partition(".")[0].lower() for one in only}
    left = {one.rpartition("/")[2].lower() for one in excluded}
    return (not chosen or name.lower() in chosen) and name.lower() not in left
