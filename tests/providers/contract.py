"""What every provider must keep, checked on arbitrary configurations: the invariants of the product.

A provider joins by a subclass whose fixture ``fresh`` makes a new environment with each call and whose ``fills`` names
what the environment states by itself. What a provider does not declare is not asked of it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from crmgov.model.address import address, parse
from crmgov.model.canonical import Body
from crmgov.model.operations import Outcome
from crmgov.model.provider import Provider, Scope
from crmgov.model.snapshot import Snapshot, kind_of
from crmgov.model.translate import Renames
from crmgov.plan.proposals import Options
from tests.apply.test_crashes import killed_at
from tests.providers.configurations import configurations
from tests.providers.governed import Fresh, Site, Tree, errors
from tests.providers.possible import possible
from tests.providers.steps import apply, differences, operations

CANNOT_BE_RESET = "PLAN002"
"""What a provider declares no default for."""


def relaxed(examples: int) -> settings:
    """Settings for properties that work with files and databases."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


class ProviderContract:
    """The contract."""

    fills: ClassVar[Mapping[str, frozenset[str]]] = {}
    lists: ClassVar[frozenset[str]] = frozenset()
    """Names of files that list what there is."""

    @pytest.fixture
    def fresh(self) -> Fresh:
        """Make a new environment."""
        raise NotImplementedError

    def effects(self, crash: Callable[[str], None]) -> AbstractContextManager[None]:
        """Call a function at every effect of its own that a provider has on the environment."""
        return nullcontext()

    def tree(self, site: Site, data: Any) -> Tree:
        """A configuration that the provider can hold."""
        provider = site.reopen()
        tree = possible(provider, data.draw(configurations(provider.capabilities().kinds)), provider.read(Scope()))
        note(f"tree: {tree}")
        return tree

    def normal(self, site: Site, tree: Tree) -> Snapshot:
        """A configuration in the provider's normal form, of which it has nothing to complain."""
        normal = site.reopen().normalise(Snapshot.of("configuration", tree))
        assert [found.message for found in normal.diagnostics if found.severity == "error"] == []
        return normal.snapshot

    @given(data=st.data())
    @relaxed(30)
    def test_normal_form_is_idempotent(self, fresh: Fresh, data: Any) -> None:
        provider = fresh().reopen()
        once = provider.normalise(data.draw(configurations(provider.capabilities().kinds)))
        twice = provider.normalise(once.snapshot)
        assert dict(twice.snapshot.bodies) == dict(once.snapshot.bodies)
        assert [found for found in twice.diagnostics if found.severity != "note"] == []

    @given(data=st.data())
    @relaxed(20)
    def test_what_was_applied_is_read_back_and_a_second_plan_is_empty(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        given, tree = site.live(), self.tree(site, data)
        site.bring(tree)
        live = site.live()
        assert unlike(self.normal(site, tree), live, given, self.fills) == []
        settled(site, tree)

    @given(data=st.data())
    @relaxed(10)
    def test_what_was_pulled_needs_no_change(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        site.bring(self.tree(site, data))
        live, provider = site.live(), site.reopen()
        assert dict(provider.normalise(live).snapshot.bodies) == dict(live.bodies)
        tidied = getattr(provider, "tidy", lambda snapshot: snapshot)(live)
        pulled = Site(site.reopen, site.folder)
        plan = pulled.plan({one: tidied.body(one) for one in tidied})
        assert (errors(plan), plan.core.steps, plan.context.unmanaged) == ([], (), len(live) - len(tidied))
        assert {record.action for record in plan.core.records} <= {"adopt"}

    @given(data=st.data())
    @relaxed(15)
    def test_any_state_becomes_any_other_and_back(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        given = site.live()
        first, second = together(site.reopen(), self.tree(site, data), self.tree(site, data), given)
        for tree in (first, second, first):
            plan = site.plan(tree)
            assume(not any(told.startswith(CANNOT_BE_RESET) for told in errors(plan)))
            site.bring(tree, plan)
            assert unlike(self.normal(site, tree), site.live(), given) == []
            settled(site, tree)

    @given(data=st.data())
    @relaxed(12)
    def test_what_is_not_managed_stays_as_it_is(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        provider = site.reopen()
        foreign, tree = self.tree(site, data), self.tree(site, data)
        by_hand(site, foreign)
        before, files = site.live(), site.files()
        ours = self.normal(site, tree)
        assume(not {provider.same(a) for a in before} & {provider.same(a) for a in ours})
        assume(not any(kind_of(a) in provider.capabilities().cannot_remove for a in ours))
        site.bring(tree)
        with_ours = site.live()
        assert {a: before.bodies[a] for a in before} == {a: with_ours.bodies[a] for a in before}
        concerned = {with_ours.places[a].file for a in ours if a in with_ours.places}
        kept = {path for path in files if path not in concerned and path.rpartition("/")[2] not in self.lists}
        now = site.files()
        assert {path: now.get(path) for path in kept} == {path: files[path] for path in kept}
        site.bring({})
        assert dict(site.live().bodies) == dict(before.bodies)
        assert site.files() == files

    @given(data=st.data())
    @relaxed(12)
    def test_a_renamed_thing_is_renamed_and_nothing_else(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        tree = self.tree(site, data)
        modes = site.reopen().capabilities().renames
        movable = [one for one in tree if modes.get(kind_of(one)) == "native" and one not in site.live()]
        assume(movable)
        old = parse(data.draw(st.sampled_from(sorted(movable))))
        new = old._replace(name="Renamed")
        names = Renames({str(old): str(new)})
        renamed = names.snapshot(Snapshot.of("configuration", tree))
        after = {one: renamed.body(one) for one in renamed}
        after[str(new)] = {**after[str(new)], "renamed_from": [old.name]}
        assume(possible(site.reopen(), Snapshot.of("configuration", after), site.live()).keys() == after.keys())
        assume(len(after) == len(tree) and site.reopen().origin(natives(site, tree)[str(old)]) == "custom")
        given = site.live()
        site.bring(tree)
        plan = site.bring(after)
        assert [(step.action, step.address) for step in plan.core.steps][:1] == [("rename", str(new))]
        assert unlike(self.normal(site, after), site.live(), given) == []
        settled(site, after)

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to make a process that can be killed")
    @given(data=st.data())
    @relaxed(5)
    def test_killed_anywhere_and_resumed_it_ends_as_if_it_had_not_been(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        first, second = together(site.reopen(), self.tree(site, data), self.tree(site, data), site.live())
        site.bring(first)
        points: list[str] = []
        self._carried_out(site, second, points.append)
        point = data.draw(st.sampled_from(list(dict.fromkeys(points))))
        other = fresh()
        other.bring(first)
        killed_at(point, lambda crash: self._carried_out(other, second, crash))
        result = other.resume()
        assert result.status in ("done", "nothing"), (point, result.diagnostics)
        if result.status == "nothing":
            self._carried_out(other, second, lambda _: None)
        assert other.story() == site.story(), point

    def _carried_out(self, site: Site, tree: Tree, crash: Callable[[str], None]) -> None:
        plan = site.plan(tree)
        assume(errors(plan) == [])
        with self.effects(crash):
            site.apply(plan, crash=crash)

    @given(data=st.data())
    @relaxed(4)
    def test_of_two_applies_at_once_one_proceeds(self, fresh: Fresh, data: Any) -> None:
        site, calm = fresh(), fresh()
        tree = self.tree(site, data)
        plan = site.plan(tree)
        assume(plan.core.steps)
        others = []

        def meanwhile(point: str) -> None:
            if point == "locked":
                others.append(site.apply(plan, run="second"))

        assert site.apply(plan, run="first", crash=meanwhile).status == "done"
        assert [other.status for other in others] == ["locked"]
        assert [other.holder.run for other in others] == ["first"]
        calm.bring(tree)
        again = site.apply(plan, run="third")
        assert again.status == "refused"
        assert site.story() == calm.story()

    @given(data=st.data())
    @relaxed(5)
    def test_a_run_that_was_overtaken_leaves_nothing_half_done(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        rival = Site(site.reopen, site.folder, site.files)
        first, second = together(site.reopen(), self.tree(site, data), self.tree(site, data), site.live())
        plan, other = site.plan(first), rival.plan(second)
        assume(errors(plan) == errors(other) == [])
        assume(plan.core.steps)
        seen = []

        def meanwhile(point: str) -> None:
            if point == "submitted 0":
                assert rival.apply(other).status in ("done", "nothing")
                seen.append(site.live())

        result = site.apply(plan, crash=meanwhile)
        if result.status == "interrupted":  # the rival did some of the same: nobody can tell whose work it is
            assert dict(site.live().bodies) == dict(seen[0].bodies)
            return
        assert result.status in ("done", "failed"), result.diagnostics
        live, outcomes = site.live(), {outcome.step: outcome.status for outcome in result.outcomes}
        assert set(outcomes) == {step.id for step in plan.core.steps}
        for step in plan.core.steps:
            if outcomes[step.id] in ("failed", "not_tried"):
                assert live.bodies.get(step.native) == seen[0].bodies.get(step.native)
            else:
                assert step.native in live
        assert errors(site.plan(first)) == []

    @given(data=st.data())
    @relaxed(5)
    def test_nothing_is_removed_without_proof_that_it_should_be(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        site.bring(self.tree(site, data))
        assert site.plan({}, Options(tree_complete=False)).core.steps == ()
        site.commits = ["of another branch"]
        assert site.plan({}).core.steps == ()

    @given(data=st.data())
    @relaxed(4)
    def test_a_plan_that_no_longer_fits_changes_nothing(self, fresh: Fresh, data: Any) -> None:
        site, elsewhere = fresh(), fresh()
        tree = self.tree(site, data)
        plan = site.plan(tree)
        assume(plan.core.steps)
        edited = msgspec.structs.replace(plan, core=msgspec.structs.replace(plan.core, steps=plan.core.steps[1:]))
        before = site.story(), elsewhere.story()
        assert site.apply(edited).status == "refused"
        assert elsewhere.apply(plan).status == "refused"
        assert (site.story(), elsewhere.story()) == before
        by_hand(site, {step.address: tree[step.address] for step in plan.core.steps})
        moved = site.story()
        assert site.apply(plan).status == "refused"
        assert site.story() == moved

    @given(data=st.data())
    @relaxed(10)
    def test_a_batch_is_applied_once_wherever_the_process_died(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        reopen, given = site.reopen, site.live()
        desired = self.normal(site, self.tree(site, data))
        for number, batch in enumerate(reopen().batches("run", operations(reopen(), desired, given))):
            assert reopen().settled(batch, None) is None
            handle = reopen().submit(batch, {})
            assert reopen().settled(batch, handle) is None
            assert number or dict(site.live().bodies) == dict(given.bodies)
            outcomes = reopen().settle(batch, handle)
            assert failures(outcomes) == []
            assert reopen().settled(batch, handle) == outcomes
            assert reopen().settle(batch, handle) == outcomes
        assert unlike(desired, site.live(), given, self.fills) == []

    @given(data=st.data())
    @relaxed(8)
    def test_batches_keep_order_and_have_digests_of_their_own(self, fresh: Fresh, data: Any) -> None:
        site = fresh()
        provider = site.reopen()
        steps = operations(provider, self.normal(site, self.tree(site, data)), site.live())
        batches = provider.batches("run", steps)
        assert [step for batch in batches for step in batch.operations] == steps
        again, other = provider.batches("run", steps), provider.batches("other", steps)
        assert batches == again
        assert not {batch.digest for batch in batches} & {batch.digest for batch in other}


def settled(site: Site, tree: Tree) -> None:
    """A second plan is empty, and tells of no drift."""
    again = site.plan(tree)
    assert ([step.address for step in again.core.steps], again.core.records) == ([], ())
    assert again.context.deviations == ()


def by_hand(site: Site, tree: Tree) -> None:
    """Make things without a plan and a ledger."""
    provider = site.reopen()
    desired = provider.normalise(Snapshot.of("configuration", tree)).snapshot
    assert failures(apply(provider, operations(provider, desired, site.live()), "by hand")) == []


def unlike(
    desired: Snapshot, live: Snapshot, given: Snapshot, fills: Mapping[str, frozenset[str]] | None = None
) -> list[str]:
    """Where live state is not what is desired, beside what was there before; see ``differences``."""

    def part(snapshot: Snapshot, chosen: Callable[[str], bool]) -> Snapshot:
        return Snapshot.of("part", {one: snapshot.body(one) for one in snapshot if chosen(one)})

    made = differences(part(desired, lambda a: a not in given), part(live, lambda a: a not in given), fills)
    there = part(live, lambda a: a in given and a in desired)
    return made + differences(part(desired, lambda a: a in given), there)


def natives(site: Site, tree: Tree) -> dict[str, str]:
    """The native address of each resource of a tree."""
    names = site.reopen().normalise(Snapshot.of("configuration", tree)).names
    return {one: native for native, one in names.items()}


def together(provider: Provider, first: Tree, second: Tree, given: Snapshot) -> tuple[Tree, Tree]:
    """Two trees, either of which can follow the other: what cannot be removed stands in both."""
    lasting = {a: b for a, b in {**first, **second}.items() if kind_of(a) in provider.capabilities().cannot_remove}
    for tree in (first, second):
        parents = {address("Object", parse(a).parent or "") for a in lasting}
        lasting |= {a: tree[a] for a in parents if a in tree}
    second = {a: first[a] if a in first and _cannot_follow(provider, first[a], b, a) else b for a, b in second.items()}
    both = [possible(provider, Snapshot.of("configuration", {**lasting, **tree}), given) for tree in (first, second)]
    assume(all(a in tree for a in lasting for tree in both))
    spellings: dict[str, set[str]] = {}
    for tree in both:
        for native in provider.normalise(Snapshot.of("configuration", tree)).snapshot:
            spellings.setdefault(provider.same(native), set()).add(native)
    assume(all(len(names) == 1 for names in spellings.values()))
    # A field names its values by one word: a picklist cannot go while a stage set of its name comes.
    sets = {parse(a) for tree in both for a in tree if kind_of(a) in ("Picklist", "StageSet")}
    assume(len({at.name for at in sets}) == len(sets))
    return both[0], both[1]


def _cannot_follow(provider: Provider, first: Body, second: Body, address: str) -> bool:
    """Whether a body lacks an attribute of another that cannot be reset."""
    resets = provider.capabilities().resets.get(kind_of(address), {})
    return bool((first.keys() ^ second.keys()) - resets.keys())


def failures(outcomes: Sequence[Outcome]) -> list[str]:
    """What went wrong, the step that failed first."""
    return sorted((o.message for o in outcomes if o.status != "done"), key=lambda text: text.startswith("nothing"))
