"""All checks over one source, for the verbs that tell or mend findings."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import msgspec

from crmgov.check.governance.run import govern
from crmgov.check.policy.run import police
from crmgov.check.run import check
from crmgov.check.tree import Case
from crmgov.cli.bodies import with_bodies
from crmgov.cli.providers import case_of
from crmgov.cli.remembered import Found, remembered
from crmgov.cli.rulebook import Rulebook, judge_by, rulebook
from crmgov.cli.sources import Source, file_excerpt, open_source, project_of
from crmgov.cli.trouble import Stop
from crmgov.cli.workspace import Workspace
from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, Fix, Place, Related, Where
from crmgov.model.provider import Catalogue, ProviderError
from crmgov.model.snapshot import Snapshot
from crmgov.report.text import count


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What counts, with places resolved, what does not, and what it was found in."""

    found: Found
    excerpt: Callable[[Place], str | None]

    @property
    def findings(self) -> list[Diagnostic]:
        """The findings that count."""
        return self.found.findings


def judge(workspace: Workspace, name: str | None) -> Verdict:
    """Everything that can be found without touching an environment other than the source named."""
    today = datetime.now(UTC).date()
    if name is None:
        source = open_source(workspace, None)
        problems, unreached = _tree_problems(workspace, source.snapshot, today)
        found = _found(source, source.snapshot, problems, unreached, today)
        return Verdict(found=found, excerpt=source.excerpt)
    rules = rulebook(workspace)
    project = project_of(workspace, name)
    if project is not None:
        more = [name, today, rules.key]
        found = remembered(
            workspace.root, project, more, lambda: _of_source(open_source(workspace, name), rules, today)
        )
        return Verdict(found=found, excerpt=rules.excerpts(file_excerpt(workspace.root)))
    source = open_source(workspace, name)
    return Verdict(found=_of_source(source, rules, today), excerpt=rules.excerpts(source.excerpt))


def _of_source(source: Source, rules: Rulebook, today: date) -> Found:
    """Checks of what stands in another source than the tree, judged by the rules that stand in the tree."""
    catalogues = [source.catalogue] if source.catalogue is not None else []
    salesforce = source.provider is not None and source.provider.name == "salesforce"
    case: Case = "accept" if salesforce else "exact"
    problems = check(source.snapshot, catalogues, case=case)
    if source.provider is not None:
        problems += source.provider.limits(source.snapshot)
    ruled = rules.beside(source.snapshot)
    problems += govern(ruled, catalogues, today=today, case=case, files=salesforce)
    problems += police(ruled)
    both = msgspec.structs.replace(source, locate=rules.locates(source.locate))
    return _found(both, ruled, problems, rules.problems, today)


def _found(
    source: Source, ruled: Snapshot, problems: Sequence[Diagnostic], beside: Sequence[Diagnostic], today: date
) -> Found:
    """Everything judged. ``ruled`` holds the Governance document; errors ``beside`` stand as those of reading do."""
    firm = [one for one in (*source.problems, *beside) if one.severity == "error"]
    rest = [one for one in (*source.problems, *beside) if one.severity != "error"]
    placed = [_once([_placed(finding, source) for finding in some]) for some in (firm, [*rest, *problems])]
    stand = judge_by(ruled, placed[1], placed[0], today)
    return Found(
        findings=[_placed(finding, source) for finding in stand.counted],
        counted=counted(source.snapshot),
        waived=stand.waived,
        off=stand.off,
        unread=placed[0],
    )


def _tree_problems(
    workspace: Workspace, snapshot: Snapshot, today: date
) -> tuple[list[Diagnostic], list[Diagnostic]]:  # fmt: skip
    """Checks of the tree itself, and for every environment what its overlays and its provider say; apart from these,
    why an environment's provider could not be asked.
    """
    from crmgov.cli.providers import catalogue

    providers = {name: workspace.environment(name).provider for name in workspace.environments}
    catalogues: list[Catalogue] = [catalogue(provider) for provider in sorted(set(providers.values()))]
    case = case_of(providers.values())
    known = with_bodies(workspace, snapshot, workspace.environments)
    problems = check(known, catalogues, case=case)
    problems += govern(known, catalogues, today=today, case=case)
    problems += police(snapshot, environments=workspace.environments)
    unreached: list[Diagnostic] = []
    for name in providers:
        desired, overlaid = workspace.desired(name)
        problems += overlaid
        if desired is not snapshot:
            overlay = desired.knowing(known.derived)
            again = [*check(overlay, catalogues, case=case), *police(desired, environments=workspace.environments)]
            problems += _by_overlays(again, problems, name, snapshot)
        try:
            provider = workspace.offline_provider(name)
            normalised = provider.normalise(desired)
            problems += [*normalised.diagnostics, *provider.limits(normalised.snapshot)]
        except (ProviderError, Stop) as error:
            unreached += _of_connection(error, snapshot, name)
    return problems, unreached


def _of_connection(error: ProviderError | Stop, snapshot: Snapshot, name: str) -> list[Diagnostic]:
    """What is wrong with how an environment is reached, at the place where it says so."""
    told = error.diagnostics if isinstance(error, Stop) else [error.diagnostic]
    own = address("Environment", name)
    place = snapshot.places.get(own)
    at = Where(place.file, place.document, (*place.route, "connection")) if place is not None else None
    return [msgspec.structs.replace(one, at=at, address=own, message=f"{name}: {one.message}") for one in told]


def _by_overlays(
    found: Sequence[Diagnostic], known: Sequence[Diagnostic], name: str, snapshot: Snapshot
) -> list[Diagnostic]:
    """What is only wrong once an environment's overlays are applied, with where they stand."""
    told = {(finding.code, finding.address, finding.message) for finding in known}
    place = snapshot.places.get(address("Environment", name))
    at = Where(place.file, place.document, (*place.route, "overlays")) if place is not None else None
    related = (Related(f"Overlays of {name}", at),) if at is not None else ()
    return [
        msgspec.structs.replace(finding, message=f"{finding.message}, in {name}", related=(*finding.related, *related))
        for finding in found
        if finding.severity != "note" and (finding.code, finding.address, finding.message) not in told
    ]


def _placed(finding: Diagnostic, source: Source) -> Diagnostic:
    at = source.locate(finding.at) if isinstance(finding.at, Where) else finding.at
    related = tuple(
        msgspec.structs.replace(r, at=source.locate(r.at)) if isinstance(r.at, Where) else r for r in finding.related
    )
    return msgspec.structs.replace(finding, at=at, related=related)


def _once(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The same finding told by several environments is told once."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for finding in findings:
        key = (finding.code, finding.at, finding.address, finding.message)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept


def counted(snapshot: Snapshot) -> str:
    """How much was looked at: ``12 objects, 130 fields``."""
    objects = sum(1 for address in snapshot if address.startswith("Object/"))
    fields = sum(1 for address in snapshot if address.startswith("Field/"))
    more = len(snapshot) - objects - fields
    return f"{count(objects, 'object')}, {count(fields, 'field')}, {count(more, 'other resource')}"


def fix_all(workspace: Workspace, findings: Sequence[Diagnostic]) -> tuple[int, list[Diagnostic]]:
    """Apply every safe fix of findings; returns how many were made, and which were not."""
    return apply_fixes(workspace, [one.fix for one in findings if one.fix is not None and one.fix.safe])


def apply_fixes(workspace: Workspace, fixes: Sequence[Fix]) -> tuple[int, list[Diagnostic]]:
    """Apply fixes; returns how many were made, and which were not.

    A file that somebody changed since it was read is left as it is.
    """
    from crmgov.write.atomic import replace_all
    from crmgov.write.fixes import fixed, unfit

    files = {edit.at.file for fix in fixes for edit in fix.edits}
    found = {file: workspace.loaded.unchanged(file) for file in sorted(files)}
    texts = {file: data.decode("utf-8") for file, data in found.items() if data is not None}
    fit: list[Fix] = []
    left: list[Diagnostic] = []
    for fix in fixes:
        if all(edit.at.file in texts for edit in fix.edits):
            fit.append(fix)
        else:
            left.append(unfit(fix))
    mended = fixed(texts, fit)
    replace_all(workspace.root, {file: text.encode() for file, text in mended.texts.items()})
    left += mended.left
    return mended.applied, [msgspec.structs.replace(one, at=_file_of(one)) for one in left]


def _file_of(finding: Diagnostic) -> Place | None:
    """Where it is, told by the file alone: lines may have moved."""
    return Place(finding.at.file) if finding.at is not None else None
