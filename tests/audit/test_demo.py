"""The demonstration's records with faults planted in them: the audit finds each, and nothing else that was not there."""

import json
import shutil
from pathlib import Path

import pytest

from crmgov.cli.demo.neglect import NEGLECTS, plant
from tests.running import crmgov

Found = set[tuple[str, str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    assert crmgov("init", "--demo", str(folder)).returncode == 0
    return folder


def findings(folder: Path) -> list[dict[str, str]]:
    """What an audit of production finds."""
    done = crmgov("-C", str(folder), "audit", "production", "--format", "json")
    assert done.returncode == 0, done.stderr
    told: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return told


def named(told: list[dict[str, str]]) -> Found:
    return {(one["code"], one["address"]) for one in told}


def test_every_planted_fault_is_found_and_nothing_else(demo: Path, tmp_path: Path) -> None:
    before = findings(demo)
    assert [one for one in before if one["severity"] == "error"] == []
    neglected = tmp_path / "neglected"
    shutil.copytree(demo, neglected, symlinks=True)
    key = plant(neglected / ".crmgov/production.db")
    assert len(key) >= len(NEGLECTS)
    assert not set(key) & named(before)
    after = findings(neglected)
    assert named(after) - named(before) == set(key)
    assert [one for one in after if one["severity"] == "error"] == []
