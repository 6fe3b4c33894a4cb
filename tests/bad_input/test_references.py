"""Names that lead nowhere, to the wrong thing or in a circle: each told at its place, and no check ever loses itself."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from crmgov.check.run import check as check_tree
from crmgov.load.tree import load_tree
from tests.bad_input.harness import check
from tests.bad_input.plain import text_of
from tests.bad_input.reference_cases import DOCUMENTS, build

_MOST = 40
"""Lines of a golden text; the rest is counted."""


def read(root: Path) -> Iterable[str]:
    loaded = load_tree(root, cache=False)
    lines = list(text_of(loaded, [*loaded.diagnostics, *check_tree(loaded.snapshot)]))
    yield from (line[:200] for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"and {len(lines) - _MOST} more lines"


@pytest.mark.parametrize("case", sorted(DOCUMENTS))
def test_what_is_said_of_it(case: str, tmp_path: Path) -> None:
    check("references", case, {case: partial(build, case)}, read, tmp_path)
