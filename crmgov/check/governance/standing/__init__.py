"""Where the governance rules stand: which are kept by which codes, and what is beyond configuration."""

from crmgov.check.governance.standing import kept_records, kept_running, leads
from crmgov.check.governance.standing.row import Beyond, Row

RULES: tuple[Row, ...] = kept_records.ROWS + kept_running.ROWS
"""The governance rules, in order of number."""
LEADS: tuple[Row, ...] = leads.ROWS
"""The leads, in order of number."""

__all__ = ["LEADS", "RULES", "Beyond", "Row"]
