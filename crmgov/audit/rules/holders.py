"""How many people can export, and how many see all records (governance rule 50)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crmgov.audit.process import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.process.criteria import every, one_of
from crmgov.audit.process.links import PEOPLE
from crmgov.audit.process.staff import ASSIGNEE, ASSIGNMENTS, active, assigned, people, still_here
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.permissions.holders import EXPORTING
from crmgov.check.governance.scene import mapping
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic
from crmgov.model.figures import Figure, scope

COVERS = {"USERS004": (50,)}
_RIGHTS = {"export": ("export",), "see or change all": ("view_all", "modify_all")}
_CAPABILITIES = {"export": EXPORTING, "see or change all": ("ViewAllData", "ModifyAllData")}


class _Giving(NamedTuple):
    """A right, and the permission sets and profiles that give it, alone or by what they include."""

    right: str
    sets: tuple[str, ...]
    profiles: tuple[str, ...]


def asks(scene: AuditScene) -> Iterable[Ask]:
    """People with any of the sets or profiles that give each of these rights."""
    for one in _giving(scene):
        yield from _figures(scene, one)


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - people decide
    """One for each right; who holds it by set and by profile is one person."""
    for one in _giving(scene):
        figures = list(_figures(scene, one))
        answers = [scene.answer(*figure) for figure in figures]
        count = sum(answer.evidence.count or 0 for answer in answers)
        unknown = _unknown(scene, one) or ("some" if any(not answer.known for answer in answers) else "")
        if count:
            users = "1 user" if count == 1 else f"{count:,} users"
            names = (*one.sets, *one.profiles)
            told = f"at least {users}" if unknown else users
            message = f"{told} can {one.right} records of some object, by {', '.join(names[:4])}"
            if unknown:
                message += f"; {unknown} holders are not known to the records"
            address = scene.config.tree.address("PermissionSet", names[0])
            yield scene.config.finding("USERS004", message, address, evidence=(told, *names), amount=count)


def _giving(scene: AuditScene) -> Iterator[_Giving]:
    access = scene.config.access
    for right in _RIGHTS:
        found = sorted(
            name for name in access.sets if any(_gives(access.sets.get(one, {}), right) for one in access.behind(name))
        )
        profiles = tuple(name for name in found if access.sets[name].get("profile") is True)
        if found:
            yield _Giving(right, tuple(name for name in found if name not in profiles), profiles)


def _unknown(scene: AuditScene, one: _Giving) -> str:
    """Whose holders the records do not tell; empty where they tell all."""
    by_profile = bool(one.profiles) and not _profile(scene)
    by_set = bool(one.sets) and not assigned(scene)
    return " and ".join([*["profile"] * by_profile, *["permission set"] * by_set])


def _gives(body: dict[str, object], right: str) -> bool:
    rows = mapping(body.get("objects")).values()
    held = mapping(body.get("capabilities"))
    return any(mapping(row).get(name) is True for row in rows for name in _RIGHTS[right]) or any(
        held.get(name) is True for name in _CAPABILITIES[right]
    )


def _profile(scene: AuditScene) -> str:
    """The column of people that names their profile; empty where it is not held."""
    held = people(scene)
    return held.profile if held is not None else ""


def _figures(scene: AuditScene, one: _Giving) -> Iterator[Ask]:
    """Active people with one of the profiles, and those of all others to whom one of the sets is assigned."""
    held, profile = people(scene), _profile(scene)
    called = [name for own in one.profiles for name in _called(scene, own)]
    if one.profiles and held is not None and profile:
        yield PEOPLE, Figure(metric="records", where=scope(every(active(held), one_of(profile, called))))
    if one.sets and assigned(scene):
        via, here = still_here(scene)
        other: Body | None = None
        if one.profiles and held is not None and profile:
            via, other = ((ASSIGNEE, PEOPLE),), {"not": one_of(f"{ASSIGNEE}.{profile}", called)}
        where = every(one_of(assigned(scene), one.sets), here, other)
        yield ASSIGNMENTS, Figure(metric="distinct", field=ASSIGNEE, where=scope(where), via=via)


def _called(scene: AuditScene, profile: str) -> Iterator[str]:
    """A profile as records name it: by its name, or by its label."""
    yield profile
    label = scene.config.access.sets[profile].get("label")
    if isinstance(label, str) and label != profile:
        yield label
