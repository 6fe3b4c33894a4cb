"""A first conversation: a token, a describe, a count."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

from . import Field, Org, serving


def test_a_count_over_the_wire() -> None:
    org = Org()
    user = org.user()
    org.object("Account", [], [{"Name": "Acme"}])
    org.object(
        "Lead",
        [
            Field("Email", "email"),
            Field("Region__c", "picklist", values=("North", "South")),
            Field("Account", "reference", to="Account"),
        ],
        records=[{"Email": "a@b.example", "Region__c": "North"}, {"Region__c": "South"}, {"Email": "  "}],
    )
    token = org.token(user)
    with serving(org) as url:

        def get(path: str, **params: str) -> dict[str, object]:
            asked = urllib.request.Request(
                f"{url}{path}?{urllib.parse.urlencode(params)}", headers={"Authorization": f"Bearer {token}"}
            )
            with urllib.request.urlopen(asked) as answer:
                return json.loads(answer.read())  # type: ignore[no-any-return]

        described = get("/services/data/v66.0/sobjects/Lead/describe")
        types = {field["name"]: field["type"] for field in described["fields"]}  # type: ignore[attr-defined]
        assert types["Email"] == "email"
        assert types["AccountId"] == "reference"
        found = get("/services/data/v66.0/query", q="SELECT COUNT() FROM Lead WHERE Email != null")
        assert found == {"totalSize": 1, "done": True, "records": []}
        found = get(
            "/services/data/v66.0/query",
            q="SELECT Region__c, COUNT(Id) n FROM Lead GROUP BY Region__c ORDER BY Region__c NULLS LAST",
        )
        assert [(row["Region__c"], row["n"]) for row in found["records"]] == [("North", 1), ("South", 1), (None, 1)]  # type: ignore[attr-defined]
    assert [call.method for call in org.calls] == ["GET"] * 3
