"""``--known FILE``: findings compared with those that are known, and the file that holds them kept up to date."""

from pathlib import Path

import msgspec

from crmgov.check.judgement.known import Told, noted, told_apart
from crmgov.cli.app import App
from crmgov.cli.paths import leads_to
from crmgov.cli.providers import project_at
from crmgov.cli.remembered import Found
from crmgov.cli.trouble import stop
from crmgov.model.diagnostics import Diagnostic, brief
from crmgov.model.known import KnownFindings
from crmgov.report.findings import Beside
from crmgov.report.text import count


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The findings that nobody knew, and what is to be told beside them."""

    findings: list[Diagnostic]
    beside: Beside


def compared(app: App, found: Found, file: str, name: str, *, accept: bool) -> Compared:
    """Compare findings with a file, which is written where it is missing and else only ever shrinks. ``name`` is what
    such a file calls the source of the findings.

    It grows only where ``accept`` says so. Ends the verb where the file is none, or is of another source.
    """
    path = Path(file)
    known = _read(path, file, name)
    told = told_apart(found.findings, known if known is not None else noted(found.findings, name))
    if known is None or accept:
        left = noted(found.findings, name)
        told = told_apart(found.findings, left)
        _write(path, left)
        app.note(f"{count(sum(row.count for row in left.findings if row), 'finding')} known from now on, in {file}")
    elif told.left != known:
        _shrink(app, path, file, known, told, found)
    return Compared(findings=[*told.new, *told.worse], beside=_beside(found, told))


def without_known(found: Found) -> Beside:
    """What is told beside findings that are compared with nothing."""
    return Beside(waived=found.waived, off=found.off)


def _beside(found: Found, told: Told) -> Beside:
    return Beside(told.known, len(told.worse), found.waived, found.off, compared=True)


def name_of(app: App, source: str | None) -> str:
    """What a file of known findings calls its source: the same on every machine."""
    if source is None:
        return "config"
    if not leads_to(source):
        return source
    path = project_at(Path(source))
    return path.relative_to(app.root).as_posix() if path.is_relative_to(app.root) else path.name


def _read(path: Path, file: str, name: str) -> KnownFindings | None:
    from crmgov.load.known import NotKnownFindings, read_known

    if not leads_to(file):
        return None
    try:
        known = read_known(path)
    except NotKnownFindings as error:
        raise stop("CLI005", f"{brief(file)}: {error}", mend="Take it from the last commit that had it.") from error
    if known.source != name:
        message = f"{brief(file)} holds what is known of {brief(known.source)}, and this is {brief(name)}"
        raise stop("CLI004", message, mend="Keep a file of its own for each source.")
    return known


def _shrink(app: App, path: Path, file: str, known: KnownFindings, told: Told, found: Found) -> None:
    """Take out of the file what is no longer found, unless it may only be out of sight."""
    from crmgov.write.atomic import WriteError

    gone = _sum(known) - _sum(told.left)
    unseen = [one for one in found.unread if one in told.new]
    if unseen:
        app.note(f"{file} stays as it is: what could not be read may still hold {count(gone, 'known finding')}")
        return
    try:
        _write(path, told.left)
    except WriteError as error:
        app.note(f"{count(gone, 'known finding')} gone, and {file} still lists them: {error.diagnostic.message}")
        return
    app.note(f"{count(gone, 'known finding')} gone from {file}: commit it" if gone else f"{file} tidied: commit it")


def _sum(known: KnownFindings) -> int:
    return sum(row.count for row in known.findings if row is not None)


def _write(path: Path, known: KnownFindings) -> None:
    from crmgov.load.known import known_bytes
    from crmgov.write.atomic import replace_file

    replace_file(path, known_bytes(known))
