"""Where uses of a field may hide from an audit. Pure."""

import re
from collections.abc import Iterator, Sequence

from crmgov.audit.code import Program
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import brief
from crmgov.model.snapshot import Snapshot

TEXT = "program text (--code PATH)"
UNREAD = "parts that are not read"
HIDDEN = "files that the project's own rules hide"
_NAMING = (
    r"AIConvSummarizationConfig|CareProviderSearchConfig|EmbeddedServiceConfig|FieldMappingConfig|FundraisingConfig|"
    r"Ins\w+Config|SearchOrgWideObjectConfig|ServiceMgmtKnwlgArtclConfig|UIObjectRelationConfig|"
    r"Settings\.(objectMapping|\w*([cC]riteria|ObjectList|ListFields|SearchFields)\w*)"
)
"""Types that are called like those below, and yet name fields."""
_NO_USE = re.compile(
    rf"(?!{_NAMING})("
    r".*(Translations?|Folder|Tab|Site|SiteSetting|Settings|SessionSetting|Network|Logo|Letterhead|Origin|TestSuite|"
    r"Channel|Config|PasswordPolicy|SchedulingPolicy|Notifications|NotificationType|MilestoneType)|Settings\..*|"
    r"PermissionSetGroup\..*|Layout\.(excludeButtons|customButtons|headers|platformActionList|quickActionList|"
    r"layoutSections\..*|show.*)|CustomObject\.actionOverrides|CustomPermission|AppMenu|CustomLabels|"
    r"Prompt|NavigationMenu|CustomHelpMenuSection|TopicsForObjects|Community|HomePageLayout|FlowDefinition)"
)
"""Types of a project's files, and parts of layouts and objects, on which no field depends: words, colours, menus."""
_LISTS = "ListView"
"""The type of a source that people call list views."""
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
    held: Snapshot | None = None,
) -> tuple[str, ...]:
    """The places in which no use was sought, without those that somebody vouches for.

    ``passed`` counts files of program text that were too large or no text; ``beyond`` names what the CRM holds and no
    YAML does; ``live`` is the place where what was made there by hand would be, where that could not be read; ``held``
    is what the CRM holds, where that is not the configuration itself.
    """
    vouched = {place.casefold() for place in settings.looked_at}
    held = held or config.snapshot
    unread = _unread(config, held, beyond)
    places = [*_places(config, held), *_programs(code, passed), *unread, *([live] if live else [])]
    return tuple(place for place in places if place.partition(" (")[0].casefold() not in vouched)


def _unread(config: Scene, held: Snapshot, beyond: Sequence[str]) -> Iterator[str]:
    """What of the configuration itself is not read, and may name fields."""
    snapshot, tree = config.snapshot, config.tree
    opaque = [one for one in tree.of_kind("Automation") if tree.body(one).get("body") == "opaque"]
    closed = sum(one not in snapshot.derived for one in opaque)
    if closed:
        yield f"bodies of automations ({closed:,} not read)"
    names = [*beyond, *_left(held)]
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{UNREAD} ({', '.join(names[:_NAMED])}{more})"
    if held.hidden:
        yield f"{HIDDEN} ({held.hidden:,})"
    for gap in snapshot.coverage.gaps[:1]:
        more = f", and {len(snapshot.coverage.gaps) - 1:,} more" if len(snapshot.coverage.gaps) > 1 else ""
        yield f"broken files ({brief(gap.reason)}{more})"


def _left(held: Snapshot) -> list[str]:
    """The types of which something was not looked into, what there is most of first."""
    strange = {name: count for name, count in held.elsewhere.searched.items() if name != _LISTS}
    told = {name: f"{name}: {count:,} not understood" for name, count in strange.items() if count}
    unread = [one for one in held.left if one not in held.elsewhere.searched and not _NO_USE.fullmatch(one)]
    names = sorted([*told, *unread], key=lambda name: (-held.left.get(name, 0), name))
    return [told.get(name, name) for name in names]


def _lists(held: Snapshot) -> str:
    """The list views that were not looked at: all of them, or those that only their makers see."""
    strange = held.elsewhere.searched.get(_LISTS)
    if strange is None or not held.files.get(_LISTS):
        return "list views"
    return f"list views ({strange:,} not understood, and private ones)" if strange else "list views (private ones)"


def _places(config: Scene, held: Snapshot) -> Iterator[str]:
    types = {config.tree.body(address).get("type") for address in config.tree.of_kind("External")}
    if not config.tree.of_kind("Integration"):
        yield "integrations (none is described)"
    if not types & {"report", "dashboard"}:
        yield "reports (none is described)"
    yield _lists(held)
    yield "private reports"


def _programs(code: Program | None, passed: int) -> Iterator[str]:
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
