"""What every provider must keep, checked on arbitrary configurations.

A provider joins by a subclass whose fixture ``fresh`` makes a new, empty environment with each call and whose
``fills`` names what the environment states by itself. What a provider does not declare is not asked of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crmgov.model.operations import Outcome
from crmgov.model.provider import Provider, Scope
from crmgov.model.snapshot import Snapshot
from tests.providers.configurations import configurations
from tests.providers.steps import apply, differences, intents, operations

relaxed = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.differing_executors,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
Reopen = Callable[[], Provider]
"""Opens the same environment again, as another process would."""


class ProviderContract:
    """The contract. ``examples`` is how many configurations are tried by each test."""

    fills: ClassVar[Mapping[str, frozenset[str]]] = {}

    @pytest.fixture
    def fresh(self) -> Callable[[], Reopen]:
        """Make a new, empty environment; the function returned opens it."""
        raise NotImplementedError

    def _kinds(self, provider: Provider) -> frozenset[str]:
        capabilities = provider.capabilities()
        return capabilities.kinds - set(capabilities.cannot_create)

    def _desired(self, provider: Provider, data: Any) -> Snapshot:
        drawn = data.draw(configurations(self._kinds(provider)))
        return closed(provider.normalise(drawn).snapshot)

    @given(data=st.data())
    @relaxed
    def test_normal_form_is_idempotent(self, fresh: Callable[[], Reopen], data: Any) -> None:
        provider = fresh()()
        once = provider.normalise(data.draw(configurations(self._kinds(provider))))
        twice = provider.normalise(once.snapshot)
        assert dict(twice.snapshot.bodies) == dict(once.snapshot.bodies)
        assert not twice.diagnostics

    @given(data=st.data())
    @relaxed
    def test_what_was_applied_is_read_back_and_a_second_plan_is_empty(
        self, fresh: Callable[[], Reopen], data: Any
    ) -> None:
        reopen = fresh()
        provider = reopen()
        desired = self._desired(provider, data)
        outcomes = apply(provider, operations(provider, desired, provider.read(Scope())), "first")
        assert failures(outcomes) == []
        live = reopen().read(Scope())
        assert differences(desired, live, self.fills) == []
        assert [change for text in desired for change in intents(provider, desired, live, text)] == []

    @given(data=st.data())
    @relaxed
    def test_what_was_read_needs_no_change(self, fresh: Callable[[], Reopen], data: Any) -> None:
        provider = fresh()()
        desired = self._desired(provider, data)
        apply(provider, operations(provider, desired, provider.read(Scope())), "first")
        live = provider.read(Scope())
        pulled = provider.normalise(live)
        assert not pulled.diagnostics
        assert dict(pulled.snapshot.bodies) == dict(live.bodies)

    @given(data=st.data())
    @relaxed
    def test_any_state_becomes_any_other_and_back(self, fresh: Callable[[], Reopen], data: Any) -> None:
        provider = fresh()()
        first, second = self._desired(provider, data), self._desired(provider, data)
        assume(not any(provider.same(a) == provider.same(b) and a != b for a in first for b in second))
        apply(provider, operations(provider, first, provider.read(Scope())), "first")
        for number, (last, wanted) in enumerate(((first, second), (second, first))):
            steps = operations(provider, wanted, provider.read(Scope()), last)
            outcomes = apply(provider, steps, f"run {number}")
            assert failures(outcomes) == []
            assert differences(wanted, provider.read(Scope())) == []

    @given(data=st.data())
    @relaxed
    def test_what_is_not_managed_stays_as_it_is(self, fresh: Callable[[], Reopen], data: Any) -> None:
        provider = fresh()()
        foreign, desired = self._desired(provider, data), self._desired(provider, data)
        apply(provider, operations(provider, foreign, provider.read(Scope())), "by hand")
        assume(not {provider.same(a) for a in foreign} & {provider.same(a) for a in desired})
        before = provider.read(Scope())
        apply(provider, operations(provider, desired, before), "ours")
        with_ours = provider.read(Scope())
        assert {a: before.bodies[a] for a in before} == {a: with_ours.bodies[a] for a in before}
        apply(provider, operations(provider, Snapshot.of("", {}), with_ours, desired), "away")
        assert dict(provider.read(Scope()).bodies) == dict(before.bodies)

    @given(data=st.data())
    @relaxed
    def test_a_batch_is_applied_once_wherever_the_process_died(self, fresh: Callable[[], Reopen], data: Any) -> None:
        reopen = fresh()
        desired = self._desired(reopen(), data)
        steps = operations(reopen(), desired, reopen().read(Scope()))
        empty = dict(reopen().read(Scope()).bodies)
        for batch in reopen().batches("run", steps):
            assert reopen().settled(batch, None) is None
            handle = reopen().submit(batch, {})
            assert reopen().settled(batch, handle) is None
            assert batch.number > 1 or dict(reopen().read(Scope()).bodies) == empty
            outcomes = reopen().settle(batch, handle)
            assert reopen().settled(batch, handle) == outcomes
            assert reopen().settle(batch, handle) == outcomes
        assert differences(desired, reopen().read(Scope()), self.fills) == []

    @given(data=st.data())
    @relaxed
    def test_batches_keep_order_and_have_digests_of_their_own(self, fresh: Callable[[], Reopen], data: Any) -> None:
        provider = fresh()()
        desired = self._desired(provider, data)
        steps = operations(provider, desired, provider.read(Scope()))
        batches = provider.batches("run", steps)
        assert [step for batch in batches for step in batch.operations] == steps
        again, other = provider.batches("run", steps), provider.batches("other", steps)
        assert batches == again
        assert not {batch.digest for batch in batches} & {batch.digest for batch in other}


def closed(desired: Snapshot) -> Snapshot:
    """Desired state without resources whose parent or targets were left out by normalisation."""
    kept = {text: desired.body(text) for text in desired}
    while True:
        fields = [text for text in kept if text.startswith("Field/")]
        gone = [text for text in fields if not _stands(text, kept)]
        if not gone:
            return Snapshot.of(desired.source, kept)
        for text in gone:
            del kept[text]


def _stands(text: str, kept: Mapping[str, Any]) -> bool:
    from crmgov.model.address import parse
    from crmgov.model.references import references, targets

    at = parse(text)
    if f"Object/{text[len('Field/') :]}".partition(".")[0] not in kept and not any(
        parse(other).name == at.parent for other in kept if other.startswith("Object/")
    ):
        return False
    needed = {"Object", "ValueSet"}
    return all(
        any(target in kept for target in targets(reference))
        for reference in references("Field", kept[text], at.parent)
        if reference.kind in needed
    )


def failures(outcomes: Sequence[Outcome]) -> list[str]:
    """What went wrong, the step that failed first."""
    return sorted((o.message for o in outcomes if o.status != "done"), key=lambda text: text.startswith("nothing"))
