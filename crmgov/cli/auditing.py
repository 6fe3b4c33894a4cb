"""Everything an audit looks at, brought together: configuration, records, and what is known of their age."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from crmgov.cli.bodies import with_bodies
from crmgov.cli.providers import case_of, catalogue, expand
from crmgov.cli.sources import open_source
from crmgov.cli.trouble import stop
from crmgov.cli.workspace import Workspace
from crmgov.model.address import address as write
from crmgov.model.address import parse
from crmgov.model.figures import Records
from crmgov.model.provider import Catalogue, Provider, Scope, Stored
from crmgov.model.snapshot import Snapshot

if TYPE_CHECKING:
    from crmgov.audit.aggregates import Aggregates
    from crmgov.audit.run import Audit
    from crmgov.cli.exports import Wanted
    from crmgov.cli.unmanaged import Unmanaged


_Types = Mapping[str, Mapping[str, str]]
_NOT_PULLED: Mapping[str, Sequence[str]] = {
    "salesforce": ("record pages", "list views", "report types", "sharing, matching and duplicate rules"),
}
"""By provider: what it holds that names fields, and is not in YAML; looked into only where the provider is read."""


class Means(NamedTuple):
    """What counting may take: bytes of ``memory``, ``calls`` of a vendor; ``tell`` is told before calls are made.

    ``only`` and ``excluded`` are what people typed: a vendor is not asked of objects that nobody wants to see.
    """

    memory: int | None
    calls: int | None
    tell: Callable[[str], None]
    only: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def opened_records(
    workspace: Workspace, environment: str | None, source: str | None, where: str | None, means: Means
) -> Records:
    """The records to count. Ends the verb where there are none to be had."""
    from crmgov.cli.exports import Wanted, opened_at, opened_by_object

    now = dt.datetime.now(dt.UTC)
    snapshot = _configuration(workspace, environment, source)
    natives = _natives(workspace, environment, snapshot) if environment is not None and source is None else {}
    types = types_of(snapshot, _catalogues(workspace, environment, source))
    wanted = Wanted(workspace.root, types, snapshot, natives, now, means.memory)
    if where is not None:
        return opened_at(where, wanted._replace(root=Path(), typed=True))
    assert environment is not None
    named = workspace.environment(environment).records or "live"
    if isinstance(named, dict):
        return opened_by_object(named, wanted, lambda of: _live(workspace, environment, wanted, of, means))
    return _live(workspace, environment, wanted, types, means) if named == "live" else opened_at(expand(named), wanted)


def _natives(workspace: Workspace, environment: str, snapshot: Snapshot) -> dict[str, str]:
    """What resources are called in the CRM itself, by address."""
    names = workspace.offline_provider(environment).normalise(snapshot).names
    return {address: native for native, address in names.items() if native != address}


def _live(workspace: Workspace, name: str, wanted: "Wanted", types: _Types, means: Means) -> Records:
    """The records in the environment's own database, or in the organisation it names."""
    from crmgov.audit.records.database import DatabaseRecords
    from crmgov.audit.records.refusals import UnreachableError
    from crmgov.cli.live_records import has_organisation, live_organisation

    if has_organisation(workspace.environment(name)):
        concerned = _concerned(workspace, name, wanted.snapshot, types, means)
        return live_organisation(
            workspace.environment(name), concerned, wanted.snapshot, wanted.natives, wanted.now,
            memory=means.memory, calls=means.calls, tell=means.tell,
        )  # fmt: skip
    provider = workspace.provider(name)
    stored = getattr(provider, "stored", None)
    if stored is None:
        raise stop(
            "CLI004", f"{name} is files, which hold no records",
            mend="Name an export with --records PATH, or in the environment records: PATH; or connection.org, the "
                 "organisation whose records are to be counted.",
        )  # fmt: skip
    url = workspace.environment(name).connection.url
    assert isinstance(url, str)
    live = provider.read(Scope())
    renamed = _renamed(stored(live), provider, workspace.desired(name)[0])
    try:
        return DatabaseRecords(workspace.called(name), expand(url), renamed, workspace.root, wanted.now)
    except UnreachableError as error:
        raise stop("CLI009", f"The records of {name} cannot be reached: {error}") from error


def _concerned(workspace: Workspace, name: str, snapshot: Snapshot, types: _Types, means: Means) -> _Types:
    """The objects that are looked at, those that they point at, and people."""
    if not (means.only or means.excluded):
        return types
    from crmgov.audit.process.staff import EXPORTED
    from crmgov.cli.narrowing import Narrowed

    looked_at = Narrowed(snapshot, means.only, means.excluded).objects(types)
    near = {*looked_at, *EXPORTED}
    for one in looked_at:
        for field in types[one]:
            at = write("Field", field, one)
            near.update(snapshot.body(at).get("references") or () if at in snapshot else ())
            for shipped in _catalogues(workspace, name, None):
                near.update((shipped.field(one, field) or {}).get("references") or ())
    return {one: fields for one, fields in types.items() if one in near}


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
            firm=tuple(fields.get((one.object, field), field) for field in one.firm),
        )
        for one in stored
    ]


def types_of(snapshot: Snapshot, catalogues: Sequence[Catalogue] = ()) -> Mapping[str, Mapping[str, str]]:
    """By object, the type of each field, those that a vendor ships and people and what they are assigned included."""
    from crmgov.audit.process.staff import EXPORTED

    found: dict[str, dict[str, str]] = {at.name: {} for _, at in snapshot.of_kind("Object")}
    for address, at in snapshot.of_kind("Field"):
        found.setdefault(at.parent or "", {})[at.name] = str(snapshot.body(address).get("type") or "")
    for name, fields in EXPORTED.items():
        found[name] = {**fields, **found.get(name, {})}
    for name, fields in found.items():
        for shipped in catalogues:
            for field in shipped.names("Field", name):
                fields[field] = fields.get(field) or str((shipped.field(name, field) or {}).get("type") or "")
    return {name: {field: type_ or "text" for field, type_ in fields.items()} for name, fields in found.items()}


def _catalogues(workspace: Workspace, environment: str | None, source: str | None) -> list[Catalogue]:
    """What the vendors ship to whom is judged."""
    if source is not None:
        shipped = open_source(workspace, source).catalogue
        return [] if shipped is None else [shipped]
    return [catalogue(name) for name in _providers(workspace, environment)]


def _providers(workspace: Workspace, environment: str | None) -> list[str]:
    named = [environment] if environment is not None else workspace.environments
    return sorted({workspace.environment(name).provider for name in named})


def _configuration(workspace: Workspace, environment: str | None, source: str | None) -> Snapshot:
    if source is not None:
        return open_source(workspace, source).snapshot
    return workspace.loaded.snapshot if environment is None else workspace.desired(environment)[0]


def _beyond(providers: Sequence[str], live: "Unmanaged") -> tuple[Snapshot | None, Sequence[str]]:
    """The environment, where it was read and holds what no YAML does; else what it would hold."""
    parts = [part for name in providers for part in _NOT_PULLED.get(name, ())]
    return (live.live, []) if parts and live.live is not None else (None, parts)


def audited(
    workspace: Workspace, environment: str | None, source: str | None, records: Records, only: tuple[str, ...],
    excluded: tuple[str, ...], code: tuple[str, ...] = (),
    before: "Aggregates | None" = None, *, show_values: bool = False, made: Mapping[str, dt.date] | None = None,
) -> "Audit":  # fmt: skip
    """The audit itself, of the objects and fields that ``only`` and ``excluded`` leave.

    ``code``: paths of program text to look for uses in; ``before``: the audit that is compared with;
    ``made``: the days that the CRM itself says fields were made.
    """
    from crmgov.audit.aggregates import earlier
    from crmgov.audit.looked import not_looked_at
    from crmgov.audit.run import audit
    from crmgov.audit.scene import AuditScene
    from crmgov.audit.settings import settings_of
    from crmgov.check.governance.scene import Scene
    from crmgov.cli.ages import known_ages, told_ages
    from crmgov.cli.narrowing import Narrowed
    from crmgov.cli.program_text import programs
    from crmgov.cli.unmanaged import Unmanaged, also_called, unmanaged

    if source is not None:
        opened = open_source(workspace, source)
        snapshot = opened.snapshot
        providers = [opened.provider.name] if opened.provider is not None else []
    else:
        named = [environment] if environment is not None else workspace.environments
        snapshot = with_bodies(workspace, _configuration(workspace, environment, None), named)
        providers = _providers(workspace, environment)
    catalogues = _catalogues(workspace, environment, source)
    config = Scene(
        snapshot.at_hand(), catalogues, today=dt.datetime.now(dt.UTC).date(), case=case_of(providers),
        files="salesforce" in providers and source is not None,
    )  # fmt: skip
    narrowed = Narrowed(snapshot, only, excluded)
    held = records.holdings()
    holdings = narrowed.holdings(held, records.name)
    settings = settings_of(config.governance)
    live, called = Unmanaged(), dict[str, str]()
    if source is None and environment is not None:
        live, called = (
            unmanaged(workspace, environment, snapshot),
            also_called(_natives(workspace, environment, snapshot)),
        )
    scanned, passed = programs(config, code, called)
    whole, beyond = _beyond(providers, live) if source is None else (None, [])
    ages = known_ages(workspace, environment, config.today, settings.young_days) if source is None else {}
    ages |= told_ages(made or {}, config.today)
    scene = AuditScene(
        config, holdings, settings=settings, ages=ages, code=None if scanned is None else scanned.uses,
        not_looked_at=not_looked_at(
            config, scanned, passed, settings, beyond=beyond, live=live.unread, held=whole
        ),
        show_values=show_values,
        earlier=None if before is None else earlier(before),
        pointed=held, unmanaged=live.uses,
    )  # fmt: skip
    if only or excluded:
        scene.narrow(narrowed.fields(scene))
    return audit(scene, records)
