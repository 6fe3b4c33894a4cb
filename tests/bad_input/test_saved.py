"""Saved plans and recorded snapshots that are not as they were saved: never a fault, never applied."""

from functools import partial
from pathlib import Path

import pytest

from tests.bad_input.harness import check
from tests.bad_input.saved_cases import PLANS, SNAPSHOTS, build, commands
from tests.bad_input.test_commands import said


@pytest.mark.parametrize("case", sorted({**PLANS, **SNAPSHOTS}))
def test_what_is_said_of_it(case: str, tmp_path: Path) -> None:
    check("saved", case, {case: partial(build, case)}, lambda root: said(root, commands(case)), tmp_path)
