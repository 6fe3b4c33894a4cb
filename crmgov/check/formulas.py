"""Rule: fields and values that vendor formulas name exist; a formula is not cut short.

A formula that does not read as one is another language, or one not known here: nothing is concluded from it.
"""

from collections.abc import Iterator

from crmgov.check.bodies import rows
from crmgov.check.fit import check_listed
from crmgov.check.names import Spot, home
from crmgov.check.paths import follow
from crmgov.check.references import check_path
from crmgov.check.session import Session
from crmgov.model.diagnostics import Diagnostic, Route, Severity, of
from crmgov.model.formula import Formula, legs

_NEVER = "The comparison is never true; the CRM accepts the formula and shows no error."

MOST_HOPS = 10
"""Relationships a Salesforce formula can follow."""


def check_formulas(session: Session) -> Iterator[Diagnostic]:
    """Every formula of a field, validation or automation."""
    for kind in ("Field", "Validation", "Automation"):
        for address in session.tree.holding(kind, "formula"):
            for route, text in formulas_of(session, address):
                yield from _formula(session, Spot(address, route), home(address), session.formula(text))


def formulas_of(session: Session, address: str) -> Iterator[tuple[Route, str]]:
    """The formulas of a resource with their routes."""
    body = session.tree.body(address)
    if isinstance(body.get("formula"), str):
        yield ("formula",), body["formula"]
    for collection in ("actions", "otherwise"):
        for action in rows(body.get(collection)):
            route = (collection, str(action.get("name")))
            if isinstance(action.get("formula"), str):
                yield (*route, "formula"), action["formula"]
            for case in rows(action.get("cases")):
                if isinstance(case.get("formula"), str):
                    yield (*route, "cases", str(case.get("name")), "formula"), case["formula"]


def _formula(session: Session, spot: Spot, context: str | None, formula: Formula) -> Iterator[Diagnostic]:
    if formula.problem:
        yield of("FORMULA001", formula.problem, at=spot.at(session.tree), address=spot.user)
    if context is None or not formula.understood:
        return
    for path in formula.fields:
        for start, rest in legs(context, path):
            for found in check_path(session, spot, start, rest, most=MOST_HOPS):
                if found.code != "REF016":  # a formula may be written in any case
                    yield _within(found, found.severity)
    for path, value in formula.literals:
        start, rest = legs(context, path)[-1]
        end = follow(session.finder, start, rest, most=MOST_HOPS)
        listing = session.listings.of_field(end.object, end.name) if end.reached else None
        if listing is not None and value:
            for found in check_listed(session, spot, listing, value, new=False):
                yield _within(found, "warning", _NEVER)


def _within(found: Diagnostic, severity: Severity, detail: str = "") -> Diagnostic:
    """The same finding without a fix: writing the name would overwrite the whole formula."""
    return of(
        found.code, f"{found.message}, named in the formula", at=found.at, address=found.address,
        detail=detail or found.detail, mend=found.mend, hint=found.hint, related=found.related, severity=severity,
    )  # fmt: skip
