"""What is known of each field: how far it is filled, who writes it, where it is used, and what could not be known."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.check.governance.made import Made
from crmgov.check.tree import parts
from crmgov.model.canonical import Body
from crmgov.model.figures import Answer, Figure, scope

WIRED = ("Automation", "Validation", "Field", "Integration", "Pipeline", "Lifecycle", "RecordType", "Team", "External")
"""Kinds whose use of a field makes something else depend on it; a layout or a permission merely offers it."""


class FieldFacts(NamedTuple):
    """One field, with evidence. Answers are unmeasured where nothing was counted."""

    address: str
    parent: str
    name: str
    body: Body
    records: Answer
    filled: Answer
    recent: Answer
    """Records filled among those made recently."""
    recent_records: Answer
    latest: Answer
    """When a record with a value there was last written; the value itself may be older."""
    uses: Mapping[str, tuple[str, ...]]
    """The resources that use it, by kind."""
    writers: tuple[str, ...]
    """Who can write it: ``users``, ``automation``, ``integration``."""

    @property
    def share(self) -> float | None:
        """Share of all records filled, 0 to 1."""
        return share_of(self.filled, self.records)

    @property
    def recent_share(self) -> float | None:
        """Share of recent records filled."""
        return share_of(self.recent, self.recent_records)

    @property
    def wired(self) -> bool:
        """Whether anything but layouts and permissions depends on it."""
        return any(kind in self.uses for kind in WIRED)


def share_of(part: Answer, whole: Answer) -> float | None:
    """A share; None where either is not known or there is nothing to share."""
    one, two = part.evidence.count, whole.evidence.count
    return None if one is None or not two else one / two


def blanks_of(scene: AuditScene, body: Body) -> tuple[str, ...]:
    """Texts that say as little as nothing in a field: placeholders, and its default."""
    default = body.get("default")
    own = () if default is None or isinstance(default, bool) else (str(default).strip().lower(),)
    return tuple(sorted({*scene.settings.placeholders, *own}))


def recent(scene: AuditScene, parent: str) -> bytes | None:
    """The records made recently; None where the source does not say when one was made."""
    created = scene.holdings[parent].created
    if not created:
        return None
    days = scene.settings.recent_days
    return scope({"field": created, "op": "greater_or_equal", "value": f"$today-{days}"})


def asks(scene: AuditScene) -> Iterator[Ask]:
    """The figures behind all facts: one statement an object."""
    for parent in scene.holdings:
        yield parent, RECORDS
        since = recent(scene, parent)
        if since is not None:
            yield parent, Figure(metric="records", where=since)
    for made in scene.fields:
        _, parent, name, _ = made
        if scene.holds(parent, name):
            yield from ((parent, figure) for figure in _figures(scene, made) if figure is not None)


def _figures(scene: AuditScene, made: Made) -> tuple[Figure, Figure | None, Figure | None]:
    """All filled, filled recently, and last written."""
    _, parent, name, body = made
    blanks, since = blanks_of(scene, body), recent(scene, parent)
    return (
        Figure(metric="filled", field=name, blanks=blanks),
        None if since is None else Figure(metric="filled", field=name, blanks=blanks, where=since),
        Figure(metric="latest", field=name, blanks=blanks) if scene.holdings[parent].modified else None,
    )


def facts(scene: AuditScene) -> Iterator[FieldFacts]:
    """Every field that is judged, in the order of the configuration."""
    for made in scene.fields:
        address, parent, name, body = made
        filled, lately, latest = _figures(scene, made)
        since = recent(scene, parent)
        yield FieldFacts(
            address=address, parent=parent, name=name, body=body,
            records=scene.answer(parent, RECORDS),
            filled=scene.answer(parent, filled),
            recent=_maybe(scene, parent, lately),
            recent_records=_maybe(scene, parent, None if since is None else Figure(metric="records", where=since)),
            latest=_maybe(scene, parent, latest),
            uses=_uses(scene, address),
            writers=tuple(_writers(scene, address, parent, name)),
        )  # fmt: skip


def _maybe(scene: AuditScene, parent: str, figure: Figure | None) -> Answer:
    return scene.answer(parent, figure or Figure(metric="records", where=b"null"))


def _uses(scene: AuditScene, address: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for user, _ in scene.config.uses.get(address, ()):
        users = found.setdefault(user.partition("/")[0], [])
        if user not in users and user != address:
            users.append(user)
    return {kind: tuple(users) for kind, users in found.items() if users}


def _writers(scene: AuditScene, address: str, parent: str, name: str) -> Iterator[str]:
    """Who can write a field: people by layout and permission, automations, integrations."""
    config = scene.config
    shown = any(how != "readonly" for _, how in config.shown.on(parent, name).values())
    if shown and any(level == "edit" for _, level in config.access.readers(parent, name)):
        yield "users"
    if any(one.active and (parent, name) in one.writes for one in config.behaviours.values()):
        yield "automation"
    if any(parts(user)[0] == "Integration" for user, _ in config.uses.get(address, ())):
        yield "integration"
