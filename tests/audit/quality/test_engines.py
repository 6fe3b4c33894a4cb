"""The same records give the same findings, whatever holds them."""

from pathlib import Path

import pytest

from crmgov.model.diagnostics import Diagnostic
from tests.audit.quality.situation import Row, found

TREE = {
    "Object/Lead": {"label": "Lead", "matching": {
        "Mail": {"fields": {"Email": "email"}}, "Firm": {"fields": {"Company": "company_name", "Website": "domain"}},
        "Call": {"fields": {"Phone": "phone", "PostalCode": "zip"}}, "Person": {"fields": {"LastName": "last_name"}},
    }},
    "StageSet/Steps": {"field": "Lead.Status", "stages": [
        {"name": "New", "outcome": "open"}, {"name": "Won", "outcome": "converted"}, {"name": "Lost", "outcome": "lost"},
    ]},
    "Picklist/Sources": {"values": ["Web", {"name": "Fair", "aliases": ["Trade show"]}, "Radio"]},
    "Picklist/Lands": {"values": ["Norway", "Germany", "United Kingdom", "Österreich"]},
    "Field/Lead.Status": {"type": "picklist", "picklist": "Steps"},
    "Field/Lead.Source": {"type": "picklist", "picklist": "Sources"},
    "Field/Lead.Country": {"type": "picklist", "picklist": "Lands"},
    "Field/Lead.HomeCountry": {"type": "text"},
    "Field/Lead.PostalCode": {"type": "text"},
    "Field/Lead.Email": {"type": "email"},
    "Field/Lead.Phone": {"type": "phone"},
    "Field/Lead.Website": {"type": "url"},
    "Field/Lead.Company": {"type": "text"},
    "Field/Lead.LastName": {"type": "text"},
    "Field/Lead.Area": {"type": "text"},
    "Field/Lead.Areas": {"type": "text"},
    "Field/Lead.Since": {"type": "text"},
    "Field/Lead.Number": {"type": "text", "unique": True},
}  # fmt: skip


def leads() -> list[Row]:
    return [
        {
            "Status": ("New", "Won", "Lost")[n % 3] if n % 2 else "Lost", "Source": ("Web", "Trade show", "web ", "Elsewhere")[n % 4],
            "Country": ("Norway", "germany", "UK", "Osterreich")[n % 4], "HomeCountry": ("Norway", "NO", "Sweden")[n % 3],
            "PostalCode": ("0150", "12345", "SW1A 1AA", "xyz")[n % 4], "Email": f"p{n % 100}@acme.example" if n % 10 else "none at all",
            "Phone": f"+47 22 33 44 {n % 50:02}" if n % 5 else f"call {n}", "Website": f"https://www.firm{n % 60}.example/a",
            "Company": f"Firm {n % 60} GmbH" if n % 2 else f"firm {n % 60}, Inc.", "LastName": f"O'Brién {n}",
            "Area": ("north", "North", "south")[n % 3], "Areas": ("north", "North", "south")[n % 3],
            "Since": f"{n % 28 + 1:02}.03.2024" if n % 2 else f"2024-03-{n % 28 + 1:02}", "Number": f"N{n % 110}",
            "CreatedDate": f"2026-{n % 11 + 1:02}-01",
        }
        for n in range(120)
    ]  # fmt: skip


def said(findings: list[Diagnostic]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return sorted(
        (one.code, one.address, one.message, one.evidence) for one in findings if not one.code.startswith("UNUSED")
    )


def test_files_and_sqlite_agree(tmp_path: Path) -> None:
    one = said(found(TREE, {"Lead": leads()}, tmp_path))
    assert one == said(found(TREE, {"Lead": leads()}, tmp_path, engine="sqlite"))
    assert {code for code, *_ in one} >= {
        "VALUES001", "VALUES002", "VALUES003", "VALUES005", "VALUES007", "TWINS001", "FORMAT001", "FORMAT003", "FORMAT004",
        "FORMAT005", "FORMAT006", "FORMAT008", "DUPES001", "KEYS001",
    }  # fmt: skip


def test_postgresql_agrees(tmp_path: Path, postgres_url: str) -> None:
    pytest.importorskip("psycopg")
    assert said(found(TREE, {"Lead": leads()}, tmp_path, url=postgres_url)) == said(
        found(TREE, {"Lead": leads()}, tmp_path)
    )
