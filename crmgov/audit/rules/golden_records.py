"""Objects whose records lack what a golden record must hold (governance rule 35, lead 9)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from crmgov.audit import golden as goldens
from crmgov.audit.golden import Golden
from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.words import listed, share
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.evidence import percent

COVERS = {"GOLDEN001": (35,)}
_FEW = 30
"""Records below which a segment is not called weak."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Records without a must-have: all, by field, by stage, record type and owner."""
    return goldens.asks(scene)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - objects are judged
    """One for each object with too few complete records."""
    for one in goldens.golden(scene):
        if one.records < scene.settings.minimum_records or one.complete * 100 >= scene.settings.golden_percent:
            continue
        text = share(one.records - one.incomplete, one.records, f"{one.parent} records")
        message = f"{text} have all must-haves; missing most: {listed(one.missing.items(), 3)}"
        if one.unknown:
            message = f"at most {message}; not in the source: {', '.join(one.unknown)}"
        address = scene.config.tree.address("Object", one.parent)
        told = (text, *_told(scene, one))
        yield scene.config.finding("GOLDEN001", message, address, ("golden_record", "required"), evidence=told)


def _told(scene: AuditScene, one: Golden) -> Iterator[str]:
    if any(one.wished.values()):
        yield f"recommended and missing: {listed(one.wished.items())}"
    for word, segments in one.segments.items():
        if word == "owner":
            yield from _owners(segments)
            continue
        names = goldens.named(scene, one.parent, word)
        weak = [
            (1 - lacking / whole, name)
            for name, (lacking, whole) in segments.items()
            if name in names and whole >= _FEW and lacking / whole > one.incomplete / one.records
        ]
        yield from (f"{word} {name}: {percent(complete)} complete" for complete, name in sorted(weak)[:3])
    if one.unheld:
        yield f"not in the source: {', '.join(one.unheld)}"


def _owners(segments: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """How the gaps spread over owners; no owner is named."""
    lacking = sorted((count for count, _ in segments.values() if count), reverse=True)
    half, told = sum(lacking) / 2, 0
    for place, count in enumerate(lacking, 1):
        told += count
        if told >= half:
            yield f"half of the gaps are with {place} of {len(segments)} owners"
            return
