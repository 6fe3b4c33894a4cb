"""``python -m benchmarks.revisions REPOSITORY BASE HEAD [FOLDER]``: revisions of a real project compared.

Beside ``sfdx-git-delta`` where SFDX_GIT_DELTA names its installed folder (NODE its node): the seconds of both, and
whether both name the same components. What it calls removed from BASE to HEAD was removed; what it calls removed
from HEAD to BASE was added, for its package.xml does not tell added from modified. Types that the vendor cannot
delete are in no list of deletions, so they are looked up in package.xml.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from benchmarks.timing import Figure, paired, timed
from crmgov.model.flat import build
from crmgov.model.snapshot import kind_of
from crmgov.providers.salesforce.mapping import TYPES
from crmgov.providers.salesforce.names import thing_of

RUNS = 3
_SGD = """
import { pathToFileURL } from 'node:url'
const [folder, from, to, output, repo, source] = process.argv.slice(1)
const sgd = (await import(pathToFileURL(folder + '/lib/main.js'))).default
await sgd({ from, to, output, repo, source: [source], ignoreWhitespace: false, generateDelta: false })
"""
_MEMBERS = "{http://soap.sforce.com/2006/04/metadata}"
WHOLE = frozenset({"Workflow", "AssignmentRules", "AutoResponseRules", "EscalationRules"})
"""Types of which the other tool names the parts and crmgov the file (or a single assignment rule)."""

KEPT = frozenset({"RecordType"})
"""Types that the vendor cannot delete by deployment."""

Components = set[tuple[str, str]]


class Place(NamedTuple):
    """What is compared: a clone, two of its revisions, and a folder in it."""

    clone: Path
    base: str
    head: str
    folder: str

    def reversed(self) -> "Place":
        """The same the other way round."""
        return self._replace(base=self.head, head=self.base)


def own_command(place: Place) -> list[str]:
    """crmgov, told to write what differs."""
    crmgov = [sys.executable, "-m", "crmgov", "-C", str(place.clone), "-q", "diff", "--format", "json"]
    return [*crmgov, "--base", place.base, "--head", place.head, "--source", str(place.clone / place.folder)]


def peer_command(place: Place, output: Path) -> list[str] | None:
    """sfdx-git-delta without the command line around it, so that only its own work is counted; None without it."""
    folder, node = os.environ.get("SFDX_GIT_DELTA"), os.environ.get("NODE") or shutil.which("node")
    if not folder or not node:
        return None
    return [
        node, "--input-type=module", "-e", _SGD, "--", folder, place.base, place.head, str(output), str(place.clone),
        place.folder,
    ]  # fmt: skip


def own_components(text: str) -> dict[str, Components]:
    """What crmgov says, by action, in the vendor's names."""
    found: dict[str, Components] = {"add": set(), "remove": set(), "modify": set()}
    for change in json.loads(text)["changes"]:
        action, address = change["action"], change["address"]
        side = "before" if action == "remove" else "after"
        values = {tuple(one["route"]): one[side] for one in change["changes"] if side in one}
        thing = thing_of(address, build(kind_of(address), values))
        found[action].add((thing.type.name, thing.full_name))
    return found


def manifest(path: Path) -> Components:
    """The components a manifest names."""
    root = ElementTree.parse(path).getroot()
    return {
        (types.findtext(f"{_MEMBERS}name") or "", member.text or "")
        for types in root.iter(f"{_MEMBERS}types")
        for member in types.iter(f"{_MEMBERS}members")
    }


def main(arguments: list[str]) -> None:
    """Print one table."""
    clone, base, head, *rest = arguments or os.environ["CRMGOV_HISTORY"].split()
    place = Place(Path(clone).resolve(), base, head, rest[0] if rest else "force-app")
    print(f"files that differ: {_differing(place):,}")
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        peer = peer_command(place, output)
        if peer is None:
            _row("crmgov diff", timed(own_command(place), runs=RUNS))
            print("sfdx-git-delta: left out, SFDX_GIT_DELTA names no folder")
            return
        mine, theirs = paired(own_command(place), peer, runs=RUNS)
        _row("crmgov diff", mine)
        _row("sfdx-git-delta", theirs)
        print("\n".join(_compared(own_components(mine.output), _named(place, output))))


def _differing(place: Place) -> int:
    git = ["git", "-C", str(place.clone), "diff", "--name-only", "--no-renames", place.base, place.head, "--"]
    return timed([*git, place.folder], runs=1).output.count("\n")


def _row(name: str, figure: Figure) -> None:
    print(f"{name:<20} {figure.seconds:>8.3f} s {figure.memory:>6.0f} MiB")


def _named(place: Place, output: Path) -> dict[str, Components]:
    """What the other tool says: removed from its deletions, added from its deletions the other way round."""
    removed = manifest(output / "destructiveChanges" / "destructiveChanges.xml")
    package = manifest(output / "package" / "package.xml")
    back = peer_command(place.reversed(), output)
    timed(back or [], runs=1, warm=False)
    added = manifest(output / "destructiveChanges" / "destructiveChanges.xml")
    return {"add": added, "remove": removed, "modify": package - added}


def _compared(mine: dict[str, Components], theirs: dict[str, Components]) -> Iterator[str]:
    """One line for each action, and every component that only one of them names."""
    new = {one for one in theirs["modify"] & mine["add"] if one[0] in KEPT}
    theirs = {**theirs, "add": theirs["add"] | new, "modify": theirs["modify"] - new}
    for action in ("add", "remove", "modify"):
        left = WHOLE | KEPT if action == "remove" else WHOLE
        ours = {one for one in mine[action] if one[0] not in left}
        other = {one for one in theirs[action] if one[0] in TYPES and one[0] not in WHOLE}
        foreign = sorted({kind for kind, _ in theirs[action]} - set(TYPES))
        both, own, rest = len(ours & other), len(ours - other), len(other - ours)
        yield f"{action}: {both:,} named by both, {own:,} by crmgov alone, {rest:,} by the other alone"
        yield f"  of types that crmgov does not hold: {', '.join(foreign) or 'none'}"
        yield from (f"  crmgov alone: {kind} {name}" for kind, name in sorted(ours - other))
        yield from (f"  other alone: {kind} {name}" for kind, name in sorted(other - ours))


if __name__ == "__main__":
    main(sys.argv[1:])
