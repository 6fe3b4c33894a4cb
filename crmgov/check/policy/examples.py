"""A policy tried on its own examples: resources here, changes through a function that ``plan`` has."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from crmgov.check.policy.chosen import Candidate
from crmgov.check.policy.kept import Kept
from crmgov.check.policy.law import Law
from crmgov.model.address import address as write_address
from crmgov.model.diagnostics import brief
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given
from crmgov.model.kinds.governance import Example
from crmgov.model.normal import canonical_body

ENVELOPE = ("apiVersion", "kind", "object", "name")
"""Keys of a document that are not attributes of the resource."""

Broken = Callable[[Example], list[str]]
"""How a change of an example breaks the policy, in words. Raises NoExample."""


class NoExample(ValueError):  # noqa: N818 - says what the example is not
    """An example that cannot be tried; the message says why."""


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """One example, tried. ``wrong`` says why it does not show what it should; empty where it does."""

    policy: str
    example: str
    expected: str
    breaches: tuple[str, ...] = ()
    wrong: str = ""


def trials(law: Law, changes: Broken) -> Iterator[Trial]:
    """Each passing and failing example of a policy without faults, in order."""
    for expected, examples in (("passing", law.policy.passing), ("failing", law.policy.failing)):
        for example in given(examples, []):
            yield _trial(law, expected, example, changes)


def _trial(law: Law, expected: str, example: Example, changes: Broken) -> Trial:
    trial = Trial(policy=law.address, example=example.name, expected=expected)
    try:
        broken = _broken(law, example, changes)
    except NoExample as error:
        return msgspec.structs.replace(trial, wrong=str(error))
    wrong = ""
    if expected == "passing" and broken:
        wrong = "it should keep the policy and breaks it"
    if expected == "failing" and not broken:
        wrong = "it should break the policy and keeps it"
    return msgspec.structs.replace(trial, breaches=tuple(broken), wrong=wrong)


def _broken(law: Law, example: Example, changes: Broken) -> list[str]:
    document, change = given(example.resource, None), given(example.change, None)
    if (document is None) == (change is None):
        raise NoExample("it needs a resource, or a change, and not both")
    if document is None:
        return changes(example)
    kept = Kept(law.policy)
    if not kept:
        raise NoExample("the policy asks nothing of resources")
    one = candidate(document)
    return [wrong for _, wrong, _ in kept.breaches(one)] if kept.chosen.fits(one) else []


def candidate(document: dict[str, object]) -> Candidate:
    """A document as it stands in YAML, as what policies look at. Raises NoExample."""
    kind, name, parent = (document.get(key) for key in ("kind", "name", "object"))
    if not isinstance(kind, str) or kind not in KINDS:
        raise NoExample(f"its resource has the kind {brief(str(kind))}, which does not exist")
    if not isinstance(name, str) or not name or not isinstance(parent, str | None):
        raise NoExample("its resource has no name")
    if (parent is None and KINDS[kind].parent == "always") or (parent is not None and KINDS[kind].parent == "never"):
        raise NoExample(f"its resource {'lacks' if parent is None else 'has'} an object")
    own = {key: value for key, value in document.items() if key not in ENVELOPE}
    body = canonical_body(kind, own)
    return Candidate(
        address=write_address(kind, name, parent), bodies=(body,), owner=str(body.get("owner") or ""),
    )  # fmt: skip


def untried(laws: Sequence[Law]) -> list[str]:
    """The names of the policies that have no example of one sort, or of either."""
    return [law.name for law in laws if not (given(law.policy.passing, []) and given(law.policy.failing, []))]
