"""The mapping tables: every metadata type that the model holds, and how its elements and attributes correspond.

Use ``TYPES`` by the type's own name, ``BY_SUFFIX`` by the ending of a file, ``CHILDREN`` by the tag of an element in a
``.object`` file. A StandardValueSet is a StageSet where its name is in ``STAGE_FIELDS`` (``standard_value_set``).
"""

from crmgov.providers.salesforce.mapping import (
    access,
    externals,
    fields,
    layouts,
    objects,
    opaque,
    picklists,
    rules,
    settings,
    teams,
)
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.picklists import STAGE_FIELDS, STAGES, STANDARD

__all__ = ["BY_SUFFIX", "CHILDREN", "TYPES", "Context", "Form", "MetadataType", "standard_value_set"]

_MODULES = (objects, fields, picklists, access, teams, layouts, settings, rules, opaque, externals)

TYPES: dict[str, MetadataType] = {kind.name: kind for module in _MODULES for kind in module.TYPES if kind is not STAGES}
"""All types, by the vendor's name."""

CHILDREN: dict[str, MetadataType] = {
    kind.form.child: kind for kind in TYPES.values() if kind.form.child and kind.name != "AssignmentRule"
}
"""Types whose things are elements of a ``.object`` file, by tag."""

BY_SUFFIX: dict[str, MetadataType] = {
    kind.form.suffix: kind for kind in TYPES.values() if kind.name != "AssignmentRule"
}
"""All types, by the suffix of their files (without ``-meta.xml``)."""


def standard_value_set(name: str) -> MetadataType:
    """The table for a standard value set: stages where a pipeline rests on it, values otherwise."""
    return STAGES if name in STAGE_FIELDS else STANDARD
