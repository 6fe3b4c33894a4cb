"""Modelling: fields, picklists, names, budgets."""

from collections.abc import Callable, Iterator

from crmgov.check.governance.modelling import codes as _codes  # noqa: F401 - declares them
from crmgov.check.governance.modelling import codes_golden as _golden  # noqa: F401 - declares the next
from crmgov.check.governance.modelling import codes_privacy as _privacy  # noqa: F401 - declares the rest
from crmgov.check.governance.modelling.budgets import layout_budget, object_budgets, pipeline_budget, unknown_budgets
from crmgov.check.governance.modelling.contact_text import contact_text
from crmgov.check.governance.modelling.free_text import free_text
from crmgov.check.governance.modelling.golden import golden
from crmgov.check.governance.modelling.history import history
from crmgov.check.governance.modelling.keys import keys
from crmgov.check.governance.modelling.naming import naming
from crmgov.check.governance.modelling.near_duplicates import near_duplicates
from crmgov.check.governance.modelling.orphans import orphans
from crmgov.check.governance.modelling.overdue import overdue
from crmgov.check.governance.modelling.privacy import personal_data
from crmgov.check.governance.modelling.purpose import purpose
from crmgov.check.governance.modelling.same_values import same_values
from crmgov.check.governance.modelling.source_survives import source_survives
from crmgov.check.governance.modelling.unrestricted import unrestricted
from crmgov.check.governance.scene import Scene
from crmgov.model.diagnostics import Diagnostic

RULES: tuple[Callable[[Scene], Iterator[Diagnostic]], ...] = (
    free_text,
    contact_text,
    near_duplicates,
    purpose,
    unrestricted,
    same_values,
    history,
    source_survives,
    keys,
    golden,
    orphans,
    overdue,
    object_budgets,
    layout_budget,
    pipeline_budget,
    unknown_budgets,
    naming,
    personal_data,
)
COVERS: dict[str, tuple[int, ...]] = {
    "MODEL001": (2, 3),
    "MODEL002": (37,),
    "MODEL003": (6,),
    "MODEL004": (7,),
    "MODEL005": (76,),
    "MODEL006": (1, 38),
    "MODEL007": (54,),
    "MODEL008": (18,),
    "MODEL009": (40,),
    "MODEL010": (28,),
    "MODEL011": (35,),
    "MODEL012": (35,),
    "MODEL013": (41,),
    "BUDGET001": (9,),
    "BUDGET002": (8,),
    "BUDGET003": (9,),
    "BUDGET004": (9,),
    "BUDGET005": (9,),
    "BUDGET006": (9, 14),
    "BUDGET007": (9,),
    "NAMING001": (75,),
    "NAMING002": (75,),
    "NAMING003": (75,),
    "PRIVACY001": (58,),
    "PRIVACY002": (58,),
    "PRIVACY003": (58,),
    "PRIVACY004": (58,),
}
"""By code, the numbers of the governance rules it keeps."""
