"""Where uses of a field may hide from an audit. Pure."""

import re
from collections.abc import Iterator, Sequence

from crmgov.audit.code import Program
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import brief

TEXT = "program text (--code PATH)"
UNREAD = "parts that are not read"
_NO_USE = re.compile(
    r".*(Translations?|Folder|Tab|Site|Settings|Network|Logo|Letterhead|Origin|TestSuite|Channel|Config)|Settings\..*|"
    r"PermissionSetGroup\..*|Layout\..*|CustomObject\.actionOverrides|CustomApplication|CustomPermission|AppMenu|"
    r"CustomLabels|Audience|Prompt|NavigationMenu|CustomHelpMenuSection|TopicsForObjects|Community|HomePageLayout"
)
"""Types of a project's files, and parts of layouts and objects, on which no field depends: words, colours, menus."""
_NAMED = 4
"""Types named."""


def not_looked_at(
    config: Scene,
    code: Program | None,
    passed: int,
    settings: Settings,
    *,
    beyond: Sequence[str] = (),
    live: str = "",
) -> tuple[str, ...]:
    """The places in which no use was sought, without those that somebody vouches for.

    ``passed`` counts files of program text that were too large or no text; ``beyond`` names what the CRM holds and no
    YAML does; ``live`` is the place where what was made there by hand would be, where that could not be read.
    """
    vouched = {place.casefold() for place in settings.looked_at}
    places = [*_places(config, code, passed), *_unread(config, beyond), *([live] if live else [])]
    return tuple(place for place in places if place.partition(" (")[0].casefold() not in vouched)


def _unread(config: Scene, beyond: Sequence[str]) -> Iterator[str]:
    """What of the configuration itself is not read, and may name fields."""
    snapshot, tree = config.snapshot, config.tree
    opaque = [one for one in tree.of_kind("Automation") if tree.body(one).get("body") == "opaque"]
    closed = sum(one not in snapshot.derived for one in opaque)
    if closed:
        yield f"bodies of automations ({closed:,} not read)"
    left = [name for name in snapshot.left if not _NO_USE.fullmatch(name)]
    names = [*beyond, *sorted(left, key=lambda name: (-snapshot.left[name], name))]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{UNREAD} ({', '.join(names[:_NAMED])}{more})"
    for gap in snapshot.coverage.gaps[:1]:
        more = f", and {len(snapshot.coverage.gaps) - 1:,} more" if len(snapshot.coverage.gaps) > 1 else ""
        yield f"broken files ({brief(gap.reason)}{more})"


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
