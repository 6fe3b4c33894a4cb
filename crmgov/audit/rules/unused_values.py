"""Values that are offered and never, or no longer, chosen (governance rules 1 and 5)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from crmgov.audit.population import recent
from crmgov.audit.quality import codes as _codes  # noqa: F401 - declares the codes used below
from crmgov.audit.quality.countries import names_countries
from crmgov.audit.quality.held import Held, held, values_asked
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.governance.scene import spoken
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic

COVERS = {"VALUES005": (1, 5), "VALUES006": (5,)}
_EXPECTED = 10
"""Recent records that should hold a value, by its share of all, before their lack says anything."""


def asks(scene: AuditScene) -> Iterable[Ask]:
    """The values of recent records, where the source says when a record was made."""
    for made in scene.fields:
        figure = _lately(scene, made[1], single=made[3].get("type") == "picklist")
        asked = values_asked(scene, made, figure) if figure is not None else None
        if asked is not None:
            yield made[1], asked


def findings(scene: AuditScene, fields: Sequence[Judged]) -> Iterator[Diagnostic]:  # noqa: ARG001 - values decide
    """For each list the values no record holds, and for each field those that recent records no longer hold."""
    lists: dict[str, list[Held]] = defaultdict(list)
    for one in held(scene):
        if not one.listing.of_stages:
            lists[one.listing.shared or one.made[0]].append(one)
            yield from _faded(scene, one)
    for address, users in lists.items():
        yield from _never(scene, address, users)


def _never(scene: AuditScene, address: str, users: list[Held]) -> Iterator[Diagnostic]:
    """Values on no record of any field that chooses from the list; nothing where one of those was not counted whole."""
    values = users[0].listing.values
    whole = all(one.whole for one in users) and {one.made[0] for one in users} >= _choosing(scene, address)
    filled = sum(one.answer.evidence.count or 0 for one in users)
    if not whole or _young(scene, address, users) or filled < scene.settings.minimum_records or names_countries(values):
        return
    used: Counter[str] = Counter()
    for one in users:
        used += one.values + one.aliases + one.spellings
    never = [name for name, row in values.items() if row.get("active") is not False and not used[name]]
    never = [name for name in never if not values[name].get("replaced_by")]
    if never:
        named = ", ".join(never[:5]) + (f" and {len(never) - 5} more" if len(never) > 5 else "")
        where = " and ".join(spoken(one.made[0]) for one in users[:3]) + (" and others" if len(users) > 3 else "")
        message = f"{_called(address)}: no record holds {named} ({filled:,} values counted in {where})"
        yield scene.config.finding("VALUES005", message, address, evidence=(f"{len(never)} of {len(values)} values",))


def _young(scene: AuditScene, address: str, users: list[Held]) -> bool:
    """Whether a list is newer than records it could be chosen on; one made together with its object is not."""
    age = scene.ages.get(address)
    if age is None or not age.young(scene.settings.young_days):
        return False
    ages = [scene.ages.get(one.made[0]) for one in users]
    return not any(one is not None and one.with_object and one.days <= age.days for one in ages)


def _faded(scene: AuditScene, one: Held) -> Iterator[Diagnostic]:
    """Values whose share of all records lets some be expected among the recent ones, where there are none."""
    since = _lately(scene, one.made[1], single=one.made[3].get("type") == "picklist")
    figure = values_asked(scene, one.made, since) if since is not None else None
    answer = scene.answer(one.made[1], figure) if figure is not None else None
    total = one.answer.evidence.count
    if figure is None or answer is None or not total or answer.evidence.exactness != "value":
        return
    if len(answer.counts) >= figure.most:  # values beyond those counted may be there
        return
    lately, chosen = answer.evidence.count or 0, dict(answer.counts)
    if lately < scene.settings.minimum_records:
        return
    days = scene.settings.recent_days
    for name, row in one.listing.values.items():
        count = one.values[name]
        if row.get("active") is not False and name not in chosen and count * lately >= _EXPECTED * total:
            message = f"{spoken(one.made[0])}: {count:,} records hold {name}, and none of the last {days} days"
            yield scene.config.finding("VALUES006", message, one.made[0], evidence=(
                f"{count:,} of {total:,} records with a value", f"0 of {lately:,} of the last {days} days",
            ))  # fmt: skip


def _lately(scene: AuditScene, parent: str, *, single: bool) -> bytes | None:
    return recent(scene, parent) if single and parent in scene.holdings else None


def _choosing(scene: AuditScene, address: str) -> set[str]:
    """All fields that choose from a list."""
    if parts(address)[0] == "Field":
        return {address}
    name, tree = parts(address)[2], scene.config.tree
    return {field for field in tree.of_kind("Field") if tree.body(field).get("picklist") == name}


def _called(address: str) -> str:
    return spoken(address) if parts(address)[1] else parts(address)[2]
