"""Bad YAML trees: told in plain words at the right place, never a crash, a hang or a write."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from crmgov.load.overlays import apply_overlays
from crmgov.load.tree import load_tree
from tests.bad_input import yaml_builders
from tests.bad_input.harness import cases, check
from tests.bad_input.plain import text_of


def read(root: Path) -> Iterable[str]:
    loaded = load_tree(root, cache=False)
    problems = list(loaded.diagnostics)
    for _, at in list(loaded.snapshot.of_kind("Environment")):
        problems += apply_overlays(loaded.snapshot, at.name)[1]
    yield from text_of(loaded, problems)
    yield f"{'broken' if loaded.broken else 'whole'}: {', '.join(sorted(loaded.snapshot)[:12]) or 'nothing'} is loaded"
    for gap in loaded.snapshot.coverage.gaps:
        yield f"partial: {gap.kind or 'any kind'}{f' of {gap.parent}' if gap.parent else ''}: {gap.reason}"


@pytest.mark.parametrize("case", cases("yaml", yaml_builders.BUILDERS))
def test_what_is_said_of_it(case: str, tmp_path: Path) -> None:
    check("yaml", case, yaml_builders.BUILDERS, read, tmp_path)


@pytest.mark.parametrize("case", cases("yaml", yaml_builders.BUILDERS))
def test_the_cache_says_the_same(case: str, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    if case in yaml_builders.BUILDERS:
        root.mkdir()
        yaml_builders.BUILDERS[case](root)
    else:
        import shutil

        shutil.copytree(Path(__file__).parent / "yaml" / case / "input", root)
    cold, first, second = load_tree(root, cache=False), load_tree(root), load_tree(root)
    for other in (first, second):
        assert list(text_of(other, other.diagnostics)) == list(text_of(cold, cold.diagnostics))
        assert dict(other.snapshot.bodies) == dict(cold.snapshot.bodies)
        assert other.tree_digest == cold.tree_digest
        assert other.broken == cold.broken
