"""Objects whose records nobody counted, so that what is not found in them is not taken for good news."""

from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.address import address
from crmgov.model.diagnostics import Diagnostic, of

COVERS: dict[str, tuple[int, ...]] = {}
_SHOWN = 12


def asks(scene: AuditScene) -> Iterable[Ask]:  # noqa: ARG001 - what is held was told
    """Nothing."""
    return ()


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - objects are told
    """One for all objects that have fields and no records in the source; an error where that is every object."""
    if scene.narrowed:
        return
    known = sorted({made[1] for made in scene.config.made if address("Object", made[1]) in scene.config.snapshot})
    missing = [parent for parent in known if parent not in scene.pointed]
    if not missing:
        return
    names = ", ".join(missing[:_SHOWN]) + (f" and {len(missing) - _SHOWN:,} more" if len(missing) > _SHOWN else "")
    if any(parent in scene.pointed for parent in known):
        told = f"The source holds no records of {len(missing):,} of {len(known):,} objects: {names}"
        yield of("RECORDS012", told)
    else:
        yield of("RECORDS013", f"The source holds no records of any of {len(known):,} objects: {names}")
