"""The changes in a policy's examples, as changes of a plan."""

from typing import Any, get_args

from crmgov.check.policy.chosen import Candidate
from crmgov.check.policy.examples import NoExample, candidate
from crmgov.check.policy.law import Law
from crmgov.model.address import AddressError, parse
from crmgov.model.diagnostics import brief
from crmgov.model.evidence import Evidence
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Example
from crmgov.model.operations import Action
from crmgov.model.plans import HAZARDS
from crmgov.plan.policies import broken_by

KEYS = ("action", "address", "environment", "hazards", "owner", "resource", "times", "filled_percent")
"""What a change in an example can say; ``resource`` is the document it is of, ``times`` how many such there are,
``filled_percent`` how far the field was found to be filled (absent: that was not measured)."""
_ACTIONS: tuple[str, ...] = get_args(Action)
_MOST_TIMES = 10_000


def broken_by_example(law: Law, example: Example) -> list[str]:
    """How the change of an example breaks a policy, in words. Raises NoExample."""
    change: dict[str, Any] = given(example.change, {})
    if given(law.policy.forbid, None) is None and given(law.policy.limit, None) is None:
        raise NoExample("the policy asks nothing of plans")
    found = broken_by(law, _changes(change))
    return [one.message for one in found if one.code != "POLICY109"]


def _changes(change: dict[str, Any]) -> list[Candidate]:
    unknown = [key for key in change if key not in KEYS]
    if unknown:
        raise NoExample(f"its change says {brief(str(unknown[0]))}, which no change has; known: {', '.join(KEYS)}")
    times, hazards = change.get("times", 1), change.get("hazards") or []
    if not isinstance(times, int) or isinstance(times, bool) or not 0 <= times <= _MOST_TIMES:
        raise NoExample(f"its change happens {brief(str(times))} times; at most {_MOST_TIMES:,} can be tried")
    if change.get("action") not in _ACTIONS:
        raise NoExample(f"its change has no action; known: {', '.join(_ACTIONS)}")
    if not isinstance(hazards, list) or not all(isinstance(one, str) and one in HAZARDS for one in hazards):
        raise NoExample(f"its change has a hazard that does not exist; known: {', '.join(HAZARDS)}")
    document = change.get("resource")
    if document is not None and not isinstance(document, dict):
        raise NoExample("its change's resource is no document")
    filled = change.get("filled_percent")
    if filled is not None and (
        not isinstance(filled, (int, float)) or isinstance(filled, bool) or not 0 <= filled <= 100
    ):
        raise NoExample("its change's filled_percent is no number from 0 to 100")
    bodies = candidate(document).bodies if document is not None else ()
    one = Candidate(
        address=_address(change.get("address")),
        bodies=bodies,
        owner=str(change.get("owner") or next((body.get("owner") for body in bodies), None) or ""),
        action=str(change["action"]),
        hazards=tuple(hazards),
        environment=str(change.get("environment") or ""),
        evidence=None if filled is None else Evidence(exactness="value", count=round(filled * 100), of=10_000),
    )
    return [one] * times


def _address(given_address: object) -> str:
    try:
        at = parse(str(given_address or ""))
    except AddressError as error:
        raise NoExample(f"its change has no address: {error}") from error
    if at.kind not in KINDS or at.elements:
        raise NoExample(f"its change is at {brief(str(given_address))}, which no resource has")
    return str(at)
