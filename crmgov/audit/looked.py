"""Where uses of a field may hide from an audit. Pure."""

from collections.abc import Iterator

from crmgov.audit.code import Program
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import brief

TEXT = "program text (--code PATH)"


def not_looked_at(config: Scene, code: Program | None, passed: int, settings: Settings) -> tuple[str, ...]:
    """The places in which no use was sought, without those that somebody vouches for.

    ``passed`` counts files of program text that were too large or no text.
    """
    vouched = {place.casefold() for place in settings.looked_at}
    return tuple(place for place in _places(config, code, passed) if place.partition(" (")[0].casefold() not in vouched)


def _places(config: Scene, code: Program | None, passed: int) -> Iterator[str]:
    types = {config.tree.body(address).get("type") for address in config.tree.of_kind("External")}
    if not config.tree.of_kind("Integration"):
        yield "integrations (none is described)"
    if not types & {"report", "dashboard"}:
        yield "reports (none is described)"
    yield "list views"
    yield "private reports"
    if code is None:
        yield TEXT
        return
    if not code.files:
        yield "program text (no file was found)"
    if passed:
        yield f"program text ({passed:,} files left out as too large or no text)"
    if code.dynamic:
        shown = ", ".join(brief(path) for path in code.dynamic[:3]) + (", ..." if len(code.dynamic) > 3 else "")
        yield f"names that programs put together while they run ({len(code.dynamic):,} files: {shown})"
