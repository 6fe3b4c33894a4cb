"""How much of what records should hold they hold, and how many fields earn their place. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.audit.kpis.made import shared
from crmgov.audit.scene import RECORDS, Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.check.bodies import mapping
from crmgov.model.audits import Kpi


def asks(scene: AuditScene) -> Iterator[Ask]:  # noqa: ARG001 - the facts ask for all of it
    """Nothing beyond what verdicts rest on."""
    yield from ()


def kpis(scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:
    """For each object, its fields that are of use, and how far its golden record is filled."""
    for parent in scene.holdings:
        own = fields.get(parent, ())
        yield from _golden(scene, parent, own)
        known = [one for one in own if one.verdict != "unknown"]
        if own:
            kept, inputs = sum(one.verdict == "keep" for one in known), len(known) / len(own)
            yield shared("useful fields", parent, kept, len(known), inputs=inputs, reason="no field could be judged")


def _golden(scene: AuditScene, parent: str, own: Sequence[Judged]) -> Iterator[Kpi]:
    """The share of required values that are there, over all records and fields of the golden record."""
    address = scene.config.tree.address("Object", parent)
    records = scene.answer(parent, RECORDS).evidence.count
    if address not in scene.config.snapshot or not records:
        return
    required = mapping(scene.config.tree.body(address).get("golden_record")).get("required") or ()
    by_name = {one.facts.name: one.facts.filled.evidence for one in own}
    found = [by_name[name] for name in required if name in by_name]
    counted = [one.count for one in found if one.exactness == "value" and one.count is not None]
    if required:
        yield shared(
            "golden record", parent, sum(counted), records * len(counted),
            inputs=len(counted) / len(required), reason="none of its fields was counted",
        )  # fmt: skip
