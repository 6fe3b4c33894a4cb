"""What holds for every configuration there can be."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmgov.model.address import Address, parse
from crmgov.model.canonical import digest_of
from crmgov.model.flat import build, flatten
from crmgov.model.kinds import KINDS
from crmgov.model.normal import canonical_body
from crmgov.model.translate import translate
from tests.strategies import bodies

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_a_body_taken_apart_is_put_together_again(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    assert canonical_body(kind, build(kind, flatten(kind, body))) == body


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@QUICK
def test_canonical_form_and_an_empty_translation_change_nothing(kind: str, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    assert canonical_body(kind, body) == body
    assert digest_of(translate(kind, body, "Lead", lambda reference: reference.name)) == digest_of(body)


@given(st.builds(Address, st.sampled_from(list(KINDS)), st.none() | st.text(), st.text(), st.lists(st.tuples(st.sampled_from(["values", "a.b"]), st.text()), max_size=3).map(tuple)))  # fmt: skip
def test_an_address_is_read_as_it_was_written(address: Address) -> None:
    assert parse(str(address)) == address
