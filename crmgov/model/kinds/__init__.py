"""All kinds, by name, with what the engine must know of each."""

from typing import NamedTuple

from crmgov.model.kinds.access import PermissionSet, Role, Team
from crmgov.model.kinds.automations import Automation
from crmgov.model.kinds.base import Spec
from crmgov.model.kinds.environments import Environment
from crmgov.model.kinds.governance import Governance, Policy
from crmgov.model.kinds.integrations import External, Integration, Setting
from crmgov.model.kinds.layouts import Layout
from crmgov.model.kinds.objects import Field, Object, RecordType, Validation
from crmgov.model.kinds.picklists import Picklist, StageSet
from crmgov.model.kinds.pipelines import Lifecycle, Pipeline


class Kind(NamedTuple):
    """A kind: its attributes, and how it stands among the others.

    ``parent`` says whether a document names its object with ``object:``. ``local`` kinds govern the repository and are
    never sent to an environment.
    """

    name: str
    spec: type[Spec]
    parent: str = "never"  # never, always, optional
    local: bool = False


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("Object", Object),
        Kind("Field", Field, "always"),
        Kind("Validation", Validation, "always"),
        Kind("RecordType", RecordType, "always"),
        Kind("Picklist", Picklist),
        Kind("StageSet", StageSet),
        Kind("Pipeline", Pipeline, "always"),
        Kind("Lifecycle", Lifecycle, local=True),
        Kind("Role", Role),
        Kind("PermissionSet", PermissionSet),
        Kind("Team", Team),
        Kind("Automation", Automation, "optional"),
        Kind("Layout", Layout, "always"),
        Kind("Integration", Integration, local=True),
        Kind("External", External, local=True),
        Kind("Setting", Setting),
        Kind("Governance", Governance, local=True),
        Kind("Policy", Policy, local=True),
        Kind("Environment", Environment, local=True),
    )
}
"""In the order in which a reader meets them."""

INLINE = {"fields": "Field", "validations": "Validation", "record_types": "RecordType"}
"""Keys of an Object document that hold resources of their own, as maps by name."""
