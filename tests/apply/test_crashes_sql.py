"""A real database and the ledger beside it: killed at every boundary, resumed, and the same in the end."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crmgov.ledger.open import open_ledger
from crmgov.providers.sql.provider import SqlProvider
from tests.apply.test_crashes import killed_at
from tests.apply.world import FIRST, SECOND, brought, plan_of, resumed, run, spec

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to make a process that can be killed")


def opened(folder: Path) -> SqlProvider:
    return SqlProvider("sqlite:///crm.db", root=folder, kind="sandbox")


def second(folder: Path, crash: Callable[[str], None]) -> None:
    provider, ledger = opened(folder), open_ledger("sqlite:///ledger.db", "test", folder)
    plan = plan_of(provider, ledger, SECOND, commit="c2", descends=("c1",))
    run(provider, ledger, plan, commit="c2", run="r2", crash=crash, spec=expecting(provider))
    ledger.close()
    provider.close()


def expecting(provider: SqlProvider) -> object:
    return spec(expects={"instance": provider.identity().instance})


def story(folder: Path) -> tuple[object, ...]:
    from crmgov.model.provider import Scope

    provider, ledger = opened(folder), open_ledger("sqlite:///ledger.db", "test", folder)
    live = provider.read(Scope())
    heads = {n: (h.desired, h.observed, h.commit) for n, h in ledger.baseline().heads.items()}
    empty = plan_of(provider, ledger, SECOND, commit="c2").empty
    found = dict(live.digests), heads, empty, list(ledger.verify()), ledger.holder()
    ledger.close()
    provider.close()
    return found


def test_killed_anywhere_and_resumed_it_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    provider, ledger = opened(prepared), open_ledger("sqlite:///ledger.db", "test", prepared)
    provider.initialise()
    assert brought(provider, ledger, FIRST, commit="c1", spec=expecting(provider)).status == "done"
    ledger.close()
    provider.close()
    points: list[str] = []
    shutil.copytree(prepared, tmp_path / "calm")
    second(tmp_path / "calm", points.append)
    wanted = story(tmp_path / "calm")
    assert wanted[2:] == (True, [], None)
    assert len(set(points)) >= 15
    for number, point in enumerate(dict.fromkeys(points)):
        folder = tmp_path / f"at-{number}"
        shutil.copytree(prepared, folder)
        killed_at(point, lambda crash, folder=folder: second(folder, crash))  # type: ignore[misc]
        provider, ledger = opened(folder), open_ledger("sqlite:///ledger.db", "test", folder)
        assert resumed(provider, ledger, spec=expecting(provider)).status in ("done", "nothing"), point
        ledger.close()
        provider.close()
        if point in ("locked", "before open"):
            second(folder, lambda _: None)
        assert story(folder) == wanted, point
