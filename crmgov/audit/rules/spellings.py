"""Records that spell a listed value otherwise than its list does (governance rules 1, 3 and 38)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.held import held
from crmgov.audit.rules import off_list
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.model.diagnostics import Diagnostic

COVERS = {"VALUES002": (1, 38), "VALUES003": (1, 3, 38)}


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The same values that are compared with the list."""
    return off_list.asks(scene)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """For each field one of its aliases and one of its other spellings, each by the value meant."""
    for one in held(scene):
        address = one.made[0]
        for code, counted, what in (
            ("VALUES002", one.aliases, "are aliases of a listed one"),
            ("VALUES003", one.spellings, "spell a listed one otherwise"),
        ):
            if counted:
                total = f"{sum(counted.values()):,} of {one.of} {what}"
                message = f"{spoken(address)}: {total} ({_meant(counted)})"
                evidence = tuple(f'{count:,} mean "{name}"' for name, count in counted.most_common())
                yield scene.config.finding(code, message, address, evidence=evidence)


def _meant(counted: Counter[str]) -> str:
    named = [f"{name} {count:,}" for name, count in counted.most_common(3)]
    more = len(counted) - len(named)
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")
