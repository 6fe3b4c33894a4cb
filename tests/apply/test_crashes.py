"""The process is killed at every boundary of the journal and around every effect; resume ends as if it had not been."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from crmgov.apply.places import Place
from crmgov.ledger.entries import ExportRecorded
from crmgov.ledger.open import open_ledger
from crmgov.ledger.protocol import Ledger
from crmgov.model.canonical import encode
from crmgov.model.plans import Plan
from tests.apply.crm import FileCrm, Mode, in_flight
from tests.apply.world import FIRST, SECOND, brought, codes, plan_of, resumed, run, spec
from tests.ledger.conftest import git

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to make a process that can be killed")


class World:
    """A CRM to which the first tree was applied, with a plan for the second; copied for every death that is died."""

    def __init__(self, folder: Path, mode: Mode, place: str) -> None:
        self.folder = folder
        self.exports = Place(root=folder, folder="exports", environment="test")
        self.mode = mode
        self.place = place

    def ledger(self) -> Ledger:
        return open_ledger(self.place, "test", self.folder)

    def crm(self, crash: Callable[[str], None] = lambda _: None) -> FileCrm:
        return FileCrm(self.folder / "crm.json", self.mode, crash)

    def prepare(self) -> None:
        ledger = self.ledger()
        assert brought(self.crm(), ledger, FIRST, commit="c1").status == "done"
        if find_spec("pyarrow"):
            self.crm().fill("Field/Lead.Source", [[1, "web"], [2, "fair"]])
        plan = plan_of(self.crm(), ledger, SECOND, commit="c2", descends=("c1",))
        (self.folder / "plan.json").write_bytes(encode(plan))
        ledger.close()

    def second(self, crash: Callable[[str], None]) -> None:
        """The second tree is applied, with an end that may come at any point."""
        ledger = self.ledger()
        plan = msgspec.json.decode((self.folder / "plan.json").read_bytes(), type=Plan)
        run(self.crm(crash), ledger, plan, commit="c2", run="r2", crash=crash, place=self.exports)
        ledger.close()

    def resume(self, crash: Callable[[str], None]) -> None:
        ledger = self.ledger()
        resumed(self.crm(crash), ledger, crash=crash, place=self.exports)
        ledger.close()

    def story(self) -> tuple[object, ...]:
        """All that a run leaves behind, but for names and times."""
        ledger = self.ledger()
        heads = {n: (h.desired, h.observed, h.commit, h.author) for n, h in ledger.baseline().heads.items()}
        state = self.crm().state()
        whole = list(ledger.verify()), ledger.holder()
        written = [entry.what for entry in ledger.entries() if isinstance(entry.what, ExportRecorded)]
        kept = {(what.address, what.rows) for what in written if (self.folder / what.file).exists()}
        ledger.close()
        return state["resources"], state["records"], set(state["effects"].values()), heads, whole, kept


Copier = Callable[[Path], World]


def killed_at(point: str, work: Callable[[Callable[[str], None]], None]) -> None:
    """Do the work in a process of its own that is killed at the first time it comes to a point."""
    child = os.fork()
    if child == 0:
        work(lambda here: os.kill(os.getpid(), signal.SIGKILL) if here == point else None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the run never came to {point!r}"


@pytest.fixture(
    params=["sqlite-atomic", "sqlite-each", "sqlite-forgetful", "repository-atomic", "repository-each",
            "postgresql-atomic", "postgresql-each"]
)  # fmt: skip
def copies(request: pytest.FixtureRequest, tmp_path: Path) -> Copier:
    """Makes equal worlds, one folder each."""
    place, _, mode = request.param.partition("-")
    folder = tmp_path / "prepared"
    folder.mkdir()
    if place == "repository":
        git(folder, "init", "--quiet")
    url = request.getfixturevalue("postgres_url") if place == "postgresql" else ""
    spec_ = {"sqlite": "sqlite:///ledger.db", "repository": "repository"}.get(place, url)
    World(folder, mode, spec_).prepare()
    if url:
        _tables(url, "CREATE TABLE saved_{0} AS TABLE crmgov_ledger.crmgov_ledger_{0}")

    def copy(target: Path) -> World:
        shutil.copytree(folder, target)
        if url:
            _tables(
                url,
                "TRUNCATE crmgov_ledger.crmgov_ledger_{0}",
                "INSERT INTO crmgov_ledger.crmgov_ledger_{0} SELECT * FROM saved_{0}",
            )
        return World(target, mode, spec_)

    return copy


def _tables(url: str, *statements: str) -> None:
    """Run statements on both of a ledger's tables."""
    import psycopg

    with psycopg.connect(url) as connection:
        for statement in statements:
            for name in ("roots", "files"):
                connection.execute(statement.format(name).encode())


def test_killed_anywhere_and_resumed_it_ends_as_if_it_had_not_been(
    tmp_path: Path, copies: Copier, request: pytest.FixtureRequest
) -> None:
    points: list[str] = []
    calm = copies(tmp_path / "calm")
    calm.second(points.append)
    wanted = calm.story()
    assert (wanted[0], wanted[2], wanted[4]) == (SECOND, {1}, ([], None))
    assert wanted[5] == ({("Field/Lead.Source", 2)} if find_spec("pyarrow") else set())
    boundaries = list(dict.fromkeys(points))
    if "sqlite" not in request.node.name:
        # What lies between two entries of the journal does not depend on where the journal is kept.
        boundaries = [point for point in boundaries if point.startswith(("before", "after ")) and "effect" not in point]
    assert len(boundaries) >= (13 if calm.mode == "atomic" else 21)
    for number, point in enumerate(boundaries):
        world = copies(tmp_path / f"at-{number}")
        killed_at(point, world.second)
        ledger = world.ledger()
        result = resumed(world.crm(), ledger, place=world.exports)
        ledger.close()
        assert result.status in ("done", "nothing"), (point, result)
        if point in ("locked", "before open"):
            assert world.crm().resources() == FIRST
            world.second(lambda _: None)
        assert world.story() == wanted, point


def test_killed_again_while_resuming(tmp_path: Path) -> None:
    """The one who resumes is killed too, at every boundary; the third one finishes."""
    (tmp_path / "prepared").mkdir()
    prepared = World(tmp_path / "prepared", "each", "sqlite:///ledger.db")
    prepared.prepare()
    killed_at("after effect 2", prepared.second)

    def copy(name: str) -> World:
        shutil.copytree(prepared.folder, tmp_path / name)
        return World(tmp_path / name, "each", prepared.place)

    points: list[str] = []
    calm = copy("calm")
    calm.resume(points.append)
    wanted = calm.story()
    assert wanted[0] == SECOND
    for number, point in enumerate(dict.fromkeys(points)):
        world = copy(f"at-{number}")
        killed_at(point, world.resume)
        world.resume(lambda _: None)
        assert world.story() == wanted, point


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[tuple[FileCrm, Ledger, Callable[[str], None]]]:
    """A CRM, its ledger, and a way to break the second run off at a point."""
    world = World(tmp_path, "each", "sqlite:///ledger.db")
    world.prepare()
    world.crm().fill("Field/Lead.Source", [])
    ledger = world.ledger()
    yield world.crm(), ledger, lambda point: killed_at(point, world.second)
    ledger.close()


Broken = tuple[FileCrm, Ledger, Callable[[str], None]]


def test_resume_waits_until_nothing_is_in_flight(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after submitted 0")
    crm.breaks = {"settled": in_flight(4)}
    waited: list[float] = []
    assert resumed(crm, ledger, wait=waited.append).status == "done"
    assert len(waited) == 4
    assert crm.resources() == SECOND


def test_what_stays_in_flight_leaves_the_run_open(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after submitted 0")
    crm.breaks = {"settled": in_flight(1000)}
    result = resumed(crm, ledger, patience=30.0)
    assert (result.status, codes(result)) == ("interrupted", ["APPLY016"])
    assert "still in flight after 3" in result.diagnostics[0].message
    crm.breaks = {}
    assert resumed(crm, ledger, take="r2").status == "done"


def test_what_somebody_changed_meanwhile_stops_the_resume_as_a_conflict(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after intent 0")
    for address in ("Object/Lead", "Field/Lead.Region", "Role/Sales", "Role/Support", "Field/Lead.Tier"):
        crm.by_hand(address, {"label": "by hand"})
    result = resumed(crm, ledger)
    assert result.status == "conflict"
    assert set(codes(result)) == {"APPLY014"}
    assert {body["label"] for address, body in crm.resources().items() if address != "Field/Lead.Source"} == {"by hand"}
    assert ledger.holder() is None
    assert resumed(crm, ledger).status == "nothing"


def test_somebody_elses_change_before_a_later_batch_stops_there(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after heads 0")
    crm.by_hand("Field/Lead.Source", {"type": "text", "label": "by hand"})
    result = resumed(crm, ledger)
    assert (result.status, set(codes(result))) == ("conflict", {"APPLY009"})
    assert crm.resources()["Field/Lead.Source"]["label"] == "by hand"
    assert result.counts["not_tried"] >= 1
    assert result.counts["done"] == 3


def test_an_apply_says_whose_dead_run_is_in_the_way(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after intent 0")
    result = brought(crm, ledger, SECOND, commit="c2")
    assert result.status == "locked"
    assert "run r2" in result.diagnostics[0].message
    assert "crmgov apply test --resume" in result.diagnostics[0].mend


def test_a_living_run_is_taken_over_only_by_name(broken: Broken) -> None:
    crm, ledger, _ = broken
    plan = plan_of(crm, ledger, SECOND, commit="c2", descends=("c1",))

    def meanwhile(point: str) -> None:
        if point != "after intent 0":
            return
        other = open_ledger("sqlite:///ledger.db", "test", crm.path.parent)
        refused = resumed(crm, other)
        assert refused.status == "locked"
        assert "--resume --take-lock living" in refused.diagnostics[0].mend
        assert resumed(crm, other, take="another").status == "locked"
        assert resumed(crm, other, take="living").status == "done"
        other.close()

    result = run(crm, ledger, plan, commit="c2", run="living", crash=meanwhile)
    assert (result.status, codes(result)) == ("interrupted", ["LEDGER002"])
    assert crm.resources() == SECOND
    assert set(crm.state()["effects"].values()) == {1}
    assert ledger.holder() is None


def test_resuming_checks_the_instance_first(broken: Broken) -> None:
    crm, ledger, break_off = broken
    break_off("after intent 0")
    result = resumed(crm, ledger, spec=spec(expects={"instance": "another"}))
    assert (result.status, result.stage) == ("refused", "identity")
    assert ledger.holder() is not None


def test_two_processes_started_together_one_proceeds(tmp_path: Path) -> None:
    """Each of two real processes applies the same plan the moment the other is ready too."""
    script = Path(__file__).with_name("racer.py")
    crm = FileCrm(tmp_path / "crm.json")
    ledger = open_ledger("sqlite:///ledger.db", "test", tmp_path)
    plan_file = tmp_path / "plan.json"
    plan_file.write_bytes(encode(plan_of(crm, ledger, FIRST)))
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.apply.racer", str(tmp_path), str(number)],
            cwd=script.parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in (1, 2)
    ]
    told = sorted(racer.communicate(timeout=60)[0].strip() for racer in racers)
    assert told[0] == "done"
    assert told[1].startswith("locked: test is locked by run racer-")
    assert crm.resources() == FIRST
    assert set(crm.state()["effects"].values()) == {1}
    assert ledger.holder() is None
    ledger.close()
