"""How much of what records should hold they hold, and how many fields earn their place. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from crmgov.audit import golden as goldens
from crmgov.audit.kpis.made import shared
from crmgov.audit.scene import Ask, AuditScene
from crmgov.audit.verdicts import Judged
from crmgov.model.audits import Kpi


def asks(scene: AuditScene) -> Iterator[Ask]:
    """Records without the fields they must have, beyond what verdicts rest on."""
    yield from goldens.asks(scene)


def kpis(scene: AuditScene, fields: Mapping[str, Sequence[Judged]]) -> Iterator[Kpi]:
    """For each object, its fields that are of use, and how far its golden record is filled."""
    for parent in scene.holdings:
        own = fields.get(parent, ())
        yield from _golden(scene, parent)
        known = [one for one in own if one.verdict != "unknown"]
        if own:
            kept, inputs = sum(one.verdict == "keep" for one in known), len(known) / len(own)
            yield shared("useful fields", parent, kept, len(known), inputs=inputs, reason="no field could be judged")


def _golden(scene: AuditScene, parent: str) -> Iterator[Kpi]:
    """The share of required values that are there, over all records and fields of the golden record: a box that is not
    ticked is an answer, and so is what stands there by itself, as in the finding over the same records.
    """
    records = scene.records(parent)
    counted, required = goldens.lacking(scene, parent)
    if required and records:
        whole = records * len(counted)
        yield shared(
            "golden record", parent, whole - sum(counted.values()), whole,
            inputs=len(counted) / len(required), reason="none of its fields was counted",
        )  # fmt: skip
