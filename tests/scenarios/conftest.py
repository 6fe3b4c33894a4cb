"""A repository for each scenario, copied from one that was made once."""

from pathlib import Path

import pytest

from tests.scenarios.world import World, founded


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> World:
    return founded(tmp_path_factory.mktemp("scenarios") / "founded")


@pytest.fixture(scope="session")
def _applied(_founded: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    world = _founded.copy(tmp_path_factory.mktemp("scenarios") / "applied")
    world.apply("sandbox")
    return world


@pytest.fixture
def fresh(_founded: World, tmp_path: Path) -> World:
    """A repository nothing of which was applied yet."""
    return _founded.copy(tmp_path / "repository")


@pytest.fixture
def world(_applied: World, tmp_path: Path) -> World:
    """A repository whose sandbox is as configured."""
    return _applied.copy(tmp_path / "repository")
