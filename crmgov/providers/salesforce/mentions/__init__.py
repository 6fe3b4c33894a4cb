"""What a project holds beside what the model governs, and which fields that names.

One file for each sort of place; ``KINDS`` are all of them, by the vendor's type.
"""

from crmgov.providers.salesforce.mentions import flows, lists, others, reports, rules, shown
from crmgov.providers.salesforce.mentions.base import Kind

_MODULES = (lists, shown, rules, reports, others, flows)

KINDS: dict[str, Kind] = {kind.type: kind for module in _MODULES for kind in module.KINDS}
