"""Figures as messages name them."""

from collections.abc import Iterable

from crmgov.audit.scene import AuditScene
from crmgov.model.evidence import percent
from crmgov.model.figures import Figure


def counted(scene: AuditScene, parent: str, figure: Figure) -> int:
    """An exact count; 0 where it is not known, which is then no finding."""
    evidence = scene.answer(parent, figure).evidence
    return (evidence.count or 0) if evidence.exactness == "value" else 0


def share(part: int, whole: int, what: str = "records") -> str:
    """``231 of 460 records (50%)``."""
    text = f"{part:,} of {whole:,} {what}"
    return f"{text} ({percent(part / whole)})" if whole else text


def listed(parts: Iterable[tuple[str, int]], most: int = 4) -> str:
    """``Region 120, Phone 80 and 2 more``: the largest first."""
    held = sorted(((name, count) for name, count in parts if count), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{name} {count:,}" for name, count in held[:most]]
    return ", ".join(told) + (f" and {len(held) - most} more" if len(held) > most else "")
