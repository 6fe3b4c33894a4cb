"""A plan in any of its formats."""

from collections.abc import Mapping

from crmgov.model.plans import Plan


def render(
    plan: Plan, form: str, *, full: bool, file: str | None = None, words: Mapping[str, str] | None = None
) -> str:
    """A plan as ``human`` text, ``json``, ``markdown`` or one self-contained ``html`` page."""
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(plan, order="deterministic"), indent=2).decode() + "\n"
    if form == "human":
        from crmgov.report.plan_text import render as text

        return text(plan, full=full, file=file, words=words)
    from crmgov.report.page import plan_page

    return plan_page(plan, form, words or {})
