"""Bad Salesforce projects and zips: nothing is followed, run or unpacked, and what was not read is never taken for gone."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from crmgov.check.run import check as check_tree
from crmgov.model.diagnostics import Diagnostic, Place
from crmgov.model.provider import ProviderError, Scope
from crmgov.providers.salesforce.provider import SalesforceFiles
from tests.bad_input import salesforce_cases, zip_cases
from tests.bad_input.harness import check

_MOST = 20


def read(root: Path, project: str = ".") -> Iterator[str]:
    provider = SalesforceFiles(root, Path(project))
    try:
        snapshot = provider.read(Scope())
    except ProviderError as error:
        yield f"nothing is read: {_told(error.diagnostic)}"
        return
    yield from map(_told, provider.problems)
    resources = sorted(snapshot)
    yield f"read: {_shown(', '.join(resources[:_MOST]))}"[:300]
    yield from sorted({f"not complete: {gap.kind or 'anything'}{f' of {gap.parent}' if gap.parent else ''}" for gap in snapshot.coverage.gaps})
    if snapshot.left:
        yield f"left in its file: {', '.join(f'{name} {count}' for name, count in snapshot.left.items())}"
    yield from _used(provider, snapshot)


def _used(provider: SalesforceFiles, snapshot: object) -> Iterator[str]:
    """What was read can be used for everything else without a fault."""
    from crmgov.model.snapshot import Snapshot

    assert isinstance(snapshot, Snapshot)
    normal = provider.normalise(snapshot)
    found = [*normal.diagnostics, *provider.limits(normal.snapshot), *check_tree(snapshot, [provider.catalogue()], case="accept")]
    for address in snapshot:
        snapshot.spec(address)
        assert provider.locate(address, ("label",)) is not None
    provider.tidy(snapshot)
    yield from (f"found: {item.severity} {item.code} {_shown(item.message)[:200]}" for item in found[:_MOST])


def _told(item: Diagnostic) -> str:
    place = f" at {_shown(item.at.file)[-60:]}:{item.at.line}:{item.at.column}" if isinstance(item.at, Place) else ""
    return f"{item.severity} {item.code} {_shown(item.message)[:300]}{place}"


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


@pytest.mark.parametrize("case", sorted(salesforce_cases.BUILDERS))
def test_a_project(case: str, tmp_path: Path) -> None:
    check("salesforce", case, salesforce_cases.BUILDERS, read, tmp_path)


@pytest.mark.parametrize("case", sorted(zip_cases.ZIPS))
def test_a_zip(case: str, tmp_path: Path) -> None:
    reader = partial(read, project=zip_cases.NAME)
    check("zip", case, {case: partial(zip_cases.build, case)}, reader, tmp_path)
