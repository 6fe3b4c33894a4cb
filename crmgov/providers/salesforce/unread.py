"""What is not known when a file is not read: the kinds it could have held, by its name alone."""

from crmgov.model.snapshot import Gap
from crmgov.providers.salesforce.mapping import BY_SUFFIX

OBJECT_KINDS = ("Field", "Validation", "RecordType", "Pipeline")
"""The kinds that an object's file may hold beside the object."""


def unread(path: str, reason: str) -> tuple[Gap, ...]:
    """Gaps for a path that was not read; every kind where its name does not say what it is."""
    stem = path.rpartition("/")[2].removesuffix("-meta.xml")
    kind = BY_SUFFIX.get(stem.rpartition(".")[2])
    if kind is None:
        return (Gap(status="partial", reason=reason),)
    kinds = {"CustomObject": ("Object", *OBJECT_KINDS), "StandardValueSet": ("Picklist", "StageSet")}
    return tuple(Gap(status="partial", reason=reason, kind=one) for one in kinds.get(kind.name, (kind.kind,)))
