"""Records that an environment or the command line names: files, folders, zips, databases by URL, or one by object."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import click

from crmgov.cli.masked import masked
from crmgov.cli.paths import leads_to
from crmgov.cli.providers import expand, path_inside
from crmgov.cli.trouble import UNABLE, Stop, stop
from crmgov.model.address import parse
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import brief, of
from crmgov.model.figures import Records
from crmgov.model.snapshot import Snapshot

Types = Mapping[str, Mapping[str, str]]
"""By object, the type of each field."""
_NAME = "Name a file or folder of an export (CSV, Parquet, JSON, or these in a zip), or a database by its URL."
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


class Wanted(NamedTuple):
    """What is known before any source is opened. ``root`` is the folder that paths are relative to, and stay in unless
    they were ``typed`` by a person.
    """

    root: Path
    types: Types
    snapshot: Snapshot
    natives: Mapping[str, str]
    """A resource's own name in the CRM, by address."""
    now: dt.datetime
    memory: int | None
    typed: bool = False


class Memory(click.ParamType):  # type: ignore[type-arg]  # generic only in some versions
    """A size such as 512MB or 2GiB, in bytes."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Bytes. Fails where the text is no size, or too small for an audit."""
        from crmgov.audit.records.shut import LEAST

        if isinstance(value, int):
            return value
        text = str(value).strip().lower()
        digits = text.rstrip("bgikm ")
        unit = _UNITS.get(text[len(digits) :].strip())
        try:
            size = int(float(digits) * (unit or 0))
        except (ValueError, OverflowError):
            size = 0
        if unit is None or size <= 0:
            self.fail(f"{brief(str(value), 40)!r} is no size; write 512MB or 2GB", param, ctx)
        if size < LEAST:
            self.fail(f"an audit of files takes at least {LEAST // 10**6 + 1} MB", param, ctx)
        return size


def opened_at(where: str, wanted: Wanted) -> Records:
    """The records at a path or URL. Ends the verb where there are none."""
    if "://" in where:
        return _warehouse(where, wanted.types, wanted)
    _stays(where, wanted)
    return _files(_path(where, wanted.root), wanted)


def opened_by_object(named: Mapping[str, str], wanted: Wanted, live: Callable[[Types], Records]) -> Records:
    """The records of each object from the place named for it. Ends the verb with all that is wrong."""
    from crmgov.audit.records.several import SeveralRecords

    known = {name.casefold(): name for name in wanted.types}
    unknown = [
        of("CLI006", f"records name {brief(one)}, which is no object") for one in named if one.casefold() not in known
    ]
    places = {known[one.casefold()]: expand(where) for one, where in named.items() if one.casefold() in known}
    paths = {name: where for name, where in places.items() if where != "live" and "://" not in where}
    missing = [
        of("CLI005", f"{brief(masked(where))}, named for the records of {name}, is no file or folder", mend=_NAME)
        for name, where in paths.items() if leads_to(str(wanted.root / where)) not in ("file", "folder")
    ]  # fmt: skip
    if unknown or missing:
        raise Stop(UNABLE, [*unknown, *missing])
    sources: dict[str, Records] = {}
    with ExitStack() as stack:
        for url in dict.fromkeys(where for where in places.values() if "://" in where):
            of_url = [name for name, where in places.items() if where == url]
            source = _warehouse(url, {name: wanted.types[name] for name in of_url}, wanted)
            stack.callback(source.close)
            sources |= dict.fromkeys(of_url, source)
        of_live = [name for name, where in places.items() if where == "live"]
        if of_live:
            source = live({name: wanted.types[name] for name in of_live})
            stack.callback(source.close)
            sources |= dict.fromkeys(of_live, source)
        if paths:
            for where in paths.values():
                _stays(where, wanted)
            source = _files({name: wanted.root / where for name, where in paths.items()}, wanted)
            sources |= dict.fromkeys(paths, source)
        stack.pop_all()
    return SeveralRecords(sources)


def _stays(where: str, wanted: Wanted) -> None:
    """End the verb where a path that stands in a file leads out of the repository."""
    if where and not wanted.typed:
        path_inside(wanted.root, where)


def _path(where: str, root: Path) -> Path:
    path = root / where
    leads = leads_to(str(path))
    if leads not in ("file", "folder"):
        told = "is a device or pipe, which cannot be read twice" if leads else "is no file or folder of records"
        raise stop("CLI005", f"{brief(masked(where))} {told}", mend=_NAME)
    return path


def _files(path: Path | Mapping[str, Path], wanted: Wanted) -> Records:
    from crmgov.audit.records.files import FileRecords

    return FileRecords(
        path, wanted.types, wanted.now, memory=wanted.memory, others=_others(wanted), objects=_objects(wanted)
    )


def _warehouse(url: str, types: Types, wanted: Wanted) -> Records:
    from crmgov.audit.records.engines import local_path
    from crmgov.audit.records.refusals import UnreachableError
    from crmgov.audit.records.warehouse import WarehouseRecords

    _stays(local_path(url), wanted)
    try:
        return WarehouseRecords(url, types, wanted.root, wanted.now, others=_others(wanted), objects=_objects(wanted))
    except UnreachableError as error:
        mend = "Look at the URL: sqlite:///FILE, duckdb:///FILE, postgresql://USER:PASSWORD@HOST/DATABASE, spark://..."
        raise stop("CLI009", f"The records cannot be reached: {error}", mend=mend) from error


def _objects(wanted: Wanted) -> dict[str, list[str]]:
    """What else objects are called: in the CRM, and by people."""
    found: dict[str, list[str]] = {}
    for address, at in wanted.snapshot.of_kind("Object"):
        body = wanted.snapshot.body(address)
        found[at.name] = _called(wanted, address, body, ("label", "label_plural"))
    return found


def _others(wanted: Wanted) -> dict[str, dict[str, Sequence[str]]]:
    """What else fields are called, by object."""
    found: dict[str, dict[str, Sequence[str]]] = {}
    for address, at in wanted.snapshot.of_kind("Field"):
        body = wanted.snapshot.body(address)
        found.setdefault(at.parent or "", {})[at.name] = _called(wanted, address, body, ("label",))
    return found


def _called(wanted: Wanted, address: str, body: Body, keys: Sequence[str]) -> list[str]:
    native = wanted.natives.get(address)
    names = [parse(native).name] if native else []
    return [*names, *(str(body[key]) for key in keys if isinstance(body.get(key), str) and body[key])]
