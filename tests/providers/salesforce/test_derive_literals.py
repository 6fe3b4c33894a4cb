"""Which addresses of a flow count as written into it."""

from crmgov.providers.salesforce.derive import Facts, flow
from crmgov.providers.salesforce.xml import Tree


def found(tree: Tree) -> set[str]:
    """The ids and addresses of a flow."""
    facts = Facts({})
    flow(tree, facts)
    return facts.hard


def given(name: str, value: str) -> Tree:
    """A parameter of an action."""
    return [("inputParameters", [("name", name), ("value", [("stringValue", value)])])]


def test_a_receiver_counts_and_the_address_mail_is_sent_from_does_not() -> None:
    call: Tree = [*given("emailAddresses", "ada@example.com"), *given("senderAddress", "no-reply@example.com")]
    assert found([("actionCalls", call)]) == {"ada@example.com"}


def test_an_example_on_a_screen_is_no_receiver_but_an_id_is_an_id() -> None:
    fields: Tree = [("fields", [*given("placeholder", "name@example.com"), *given("id", "012KB000000woXBYAY")])]
    assert found([("screens", fields)]) == {"012KB000000woXBYAY"}


def test_descriptions_are_not_part_of_what_runs() -> None:
    assert found([("description", "Ask ada@example.com"), ("label", "bob@example.com")]) == set()
