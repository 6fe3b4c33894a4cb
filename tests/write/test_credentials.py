"""No credential is written to YAML, and none is repeated in a message."""

import pytest

from crmgov.model.canonical import digest
from crmgov.model.diagnostics import Where
from crmgov.model.snapshot import Snapshot
from crmgov.write.credentials import credentials
from crmgov.write.merge import pull_into

# Put together from pieces, so that no scanner takes this file for the real thing.
LEAKS = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\nabc",
    "an AWS access key": "AKIA" + "ABCDEFGHIJKLMNOP",
    "a GitHub token": "ghp_" + "a1B2" * 9,
    "a Slack token": "xoxb-" + "1234567890-abcdefghijk",
    "a Stripe key": "sk_live_" + "a" * 24,
    "a Google key": "AIza" + "x" * 35,
    "a HubSpot token": "pat-na1-" + "01234567-0123-0123-0123-0123456789ab",
    "a Salesforce session": "00D" + "A" * 15 + "!" + "b" * 60,
    "an authorisation header": "Authorization: Bearer " + "abcdef0123456789",
    "a password in a URL": "https://" + "user:s3cret@host.example",
}


@pytest.mark.parametrize("sort", sorted(LEAKS))
def test_a_credential_stops_what_would_be_written_and_is_not_repeated(sort: str) -> None:
    assert credentials(LEAKS[sort].encode()) == [sort]
    new = Snapshot.of("live", {"Role/A": {"native": {"salesforce": {"x": f"see {LEAKS[sort]}"}}}, "Role/B": {}})
    result = pull_into({}, {}, Snapshot.of("tree", {}), new)
    assert result.added == ["Role/B"]
    assert [item.code for item in result.diagnostics] == ["SECRET001"]
    assert sort in result.diagnostics[0].message
    assert LEAKS[sort][8:] not in repr(result)


@pytest.mark.parametrize(
    "text",
    ["https://example.com/a:b@c", "postgresql://${USER}:${PASSWORD}@host/db", "mailto:a@b.example", "Authorization is done",
     "HYPERLINK(\"https://x.example/\" & Id & \"?a=b@c\")", "00D000000000062", "risk_live_chat", "user: a, password: required"],
)  # fmt: skip
def test_ordinary_texts_are_none(text: str) -> None:
    assert credentials(text.encode()) == []


def test_vendor_files_are_looked_through_too() -> None:
    data = LEAKS["an AWS access key"].encode()
    body = {"body": "opaque", "body_file": {"path": "A.flow-meta.xml", "digest": digest(data)}}
    result = pull_into(
        {}, {}, Snapshot.of("tree", {}), Snapshot.of("live", {"Automation/A": body}, blobs={digest(data): data})
    )
    assert (result.texts, result.body_files) == ({}, {})
    assert [item.code for item in result.diagnostics] == ["SECRET001"]


def test_what_the_tree_holds_already_stops_no_other_change() -> None:
    held = {"native": {"salesforce": {"x": LEAKS["a Stripe key"]}}}
    text = f"kind: Role\nname: A\nnative: {{salesforce: {{x: {LEAKS['a Stripe key']}}}}}\n"
    old, new = Snapshot.of("tree", {"Role/A": held}), Snapshot.of("live", {"Role/A": {**held, "label": "A"}})
    result = pull_into({"a.yaml": text}, {"Role/A": Where("a.yaml")}, old, new, provider="salesforce")
    assert result.changed == ["Role/A"]
