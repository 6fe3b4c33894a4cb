"""One source at a glance: how much of what it holds, and what was left in its files."""

from collections import Counter

import msgspec

from crmgov.model.kinds import KINDS
from crmgov.model.provider import Identity
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.report.text import clean, fenced

FORMAT = "crmgov-overview/1"


def render(name: str, snapshot: Snapshot, identity: Identity | None, form: str) -> str:
    """Counts by kind as ``human`` text, ``json``, ``markdown`` or ``html``."""
    counts = Counter(kind_of(address) for address in snapshot)
    if form == "json":
        data = {
            "format": FORMAT, "source": name, "identity": identity, "counts": counts, "left": dict(snapshot.left),
            "hidden": snapshot.hidden, "gaps": snapshot.coverage.gaps,
        }  # fmt: skip
        return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2).decode() + "\n"
    text = "\n".join(_lines(name, snapshot, identity, counts)) + "\n"
    if form == "human":
        return text
    from crmgov.report.page import text_page

    return fenced(text, "text") if form == "markdown" else text_page(name, text)


def _lines(name: str, snapshot: Snapshot, identity: Identity | None, counts: Counter[str]) -> list[str]:
    who = f" - {identity.provider} {clean(identity.instance)} ({identity.kind})" if identity is not None else ""
    told = [f"{clean(name)}{who}: {len(snapshot):,} resources"]
    told += [f"  {kind:<14} {counts[kind]:>7,}" for kind in KINDS if counts[kind]]
    if snapshot.hidden:
        told.append(f"Hidden by the source's ignore rules: {snapshot.hidden:,} files")
    if snapshot.left:
        told.append("Left in the source's own files, not held by the model:")
        told += [f"  {clean(kind):<40} {count:>7,}" for kind, count in sorted(snapshot.left.items())]
    told += [f"Not read: {gap.kind or 'everything'}: {clean(gap.reason)}" for gap in snapshot.coverage.gaps]
    return told
