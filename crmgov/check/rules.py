"""The rules over the whole tree, in the order in which they run."""

from collections.abc import Callable, Iterator

from crmgov.check import codes as _codes  # noqa: F401 - declares the codes
from crmgov.check.automations import check_automations
from crmgov.check.criteria import check_criteria
from crmgov.check.cycles import check_cycles
from crmgov.check.derived import check_derived
from crmgov.check.environments import check_environments
from crmgov.check.fields import check_fields
from crmgov.check.flows import check_flows
from crmgov.check.formulas import check_formulas
from crmgov.check.lacking import check_lacking
from crmgov.check.layouts import check_layouts
from crmgov.check.parents import check_parents
from crmgov.check.record_types import check_record_types
from crmgov.check.references import check_references
from crmgov.check.renames import check_renames
from crmgov.check.secrets import check_secrets
from crmgov.check.session import Session
from crmgov.check.singles import check_singles
from crmgov.check.values import check_values
from crmgov.model.diagnostics import Diagnostic

Rule = Callable[[Session], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    check_parents,
    check_references,
    check_fields,
    check_lacking,
    check_values,
    check_record_types,
    check_criteria,
    check_automations,
    check_flows,
    check_layouts,
    check_formulas,
    check_derived,
    check_renames,
    check_singles,
    check_environments,
    check_secrets,
    check_cycles,
)

USING: tuple[Rule, ...] = (
    check_references,
    check_fields,
    check_record_types,
    check_criteria,
    check_automations,
    check_flows,
    check_formulas,
    check_derived,
)
"""Those of the rules that come upon uses."""
