"""Picklist fields whose records hold values that mean none of those listed (governance rule 1)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.held import Held, held, values_asked
from crmgov.audit.quality.spelling import Spellings
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic

COVERS = {"VALUES001": (1,)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """Every value of every picklist field, as often as it occurs."""
    for made in scene.fields:
        figure = values_asked(scene, made)
        if figure is not None:
            yield made[1], figure


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """One for each field with values that are not listed, other spellings of listed ones apart."""
    for one in held(scene):
        if one.strange:
            least = "" if one.whole else "at least "
            share = f"{sum(one.strange.values()):,} of {one.of}"
            count = len(one.strange)
            what = "1 value that is not listed" if count == 1 else f"{count:,} values that are not listed"
            message = f"{spoken(one.made[0])}: {least}{what}, on {least}{share}"
            yield scene.config.finding("VALUES001", message, one.made[0], evidence=(share, *_near(one)))


def _near(one: Held) -> Iterator[str]:
    """What strange values may mean."""
    spellings = Spellings(one.listing.values)
    found: Counter[str] = Counter()
    for value, count in one.strange.items():
        meant = spellings.near(value)
        if meant is not None:
            found[meant.name] += count
    for name, count in found.most_common():
        yield f'{count:,} read nearly like "{name}"'
