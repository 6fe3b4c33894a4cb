"""The environments of a repository as a table."""

from collections.abc import Sequence

import msgspec

from crmgov.model.provider import Identity
from crmgov.report.text import clean

FORMAT = "crmgov-environments/1"


class EnvironmentCard(msgspec.Struct, frozen=True, kw_only=True):
    """One environment in a list."""

    name: str
    provider: str
    protected: bool
    identity: Identity | None
    trouble: str
    resources: int
    """Resources its ledger governs."""


def render(cards: Sequence[EnvironmentCard], form: str) -> str:
    """The table as ``human`` text or ``json``."""
    if form == "json":
        data = {"format": FORMAT, "environments": list(cards)}
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    if not cards:
        return "No environments: add a file under environments/\n"
    rows = [("ENVIRONMENT", "PROVIDER", "INSTANCE", "KIND", "PROTECTED", "GOVERNED")]
    for card in cards:
        instance = card.identity.instance if card.identity is not None else f"({card.trouble})"
        kind = card.identity.kind if card.identity is not None else "-"
        governed = f"({card.trouble})" if card.trouble and card.identity is not None else f"{card.resources:,}"
        row = (card.name, card.provider, instance, kind, "yes" if card.protected else "no", governed)
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "  ".join(clean(text).ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
    return "\n".join(lines) + "\n"
