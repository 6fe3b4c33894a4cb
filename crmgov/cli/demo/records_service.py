"""Records that follow from deals: quotes, contracts, subscriptions and cases. The same every time. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from crmgov.cli.demo.random_state import TODAY, Chance, Row
from crmgov.cli.demo.records import Records
from crmgov.cli.demo.words import CASES, PRODUCTS

_QUOTED = {"Proposal Sent": "Sent", "Negotiation": "Sent", "Closed Won": "Accepted", "Closed Lost": "Declined"}


def service(made: Mapping[str, list[Row]], scale: float = 1) -> Iterator[Records]:
    """Everything after the deal, parents first. ``made`` holds the accounts, contacts and deals there are."""
    chance = Chance("service")
    deals, accounts, contacts = made["Opportunity"], made["Account"], made["Contact"]
    quotes = [_quote(chance, place, row) for place, row in enumerate(deals, 1) if row["Stage"] in _QUOTED]
    for number, quote in enumerate(quotes, 1):
        quote["QuoteNumber"] = f"Q-{number:05}"
    yield Records("Quote", quotes)
    lines = [_line(chance, place) for place in range(1, len(quotes) + 1) for _ in range(chance.number(1, 3))]
    yield Records("QuoteLine", lines)
    won = [row for row in deals if row["Stage"] == "Closed Won"]
    contracts = [_contract(chance, number, row) for number, row in enumerate(won, 1)]
    yield Records("Contract", contracts)
    running = [
        _subscription(chance, place, contract)
        for place, contract in enumerate(contracts, 1)
        for _ in range(chance.number(1, 2))
    ]
    for number, row in enumerate(running, 1):
        row |= {"SubscriptionNumber": f"S-{number:06}", "BillingId": f"sub_{number:06}"}
    yield Records("Subscription", running)
    customers = [place for place, row in enumerate(accounts, 1) if row["Type"] == "Customer"] or [1]
    people: dict[int, int] = {}
    for place, row in enumerate(contacts, 1):
        account = row["Account"]
        assert isinstance(account, int)
        people.setdefault(account, place)
    count = max(1, round(5200 * scale))
    yield Records("Case", [_case(chance, number, chance.one(customers), people) for number in range(1, count + 1)])


def _quote(chance: Chance, place: int, deal: Row) -> Row:
    status = _QUOTED[str(deal["Stage"])]
    closed = date.fromisoformat(str(deal["CloseDate"]))
    row: Row = {"Opportunity": place, "Contact": deal["PrimaryContact"], "Status": status,
                "ValidUntil": (closed + timedelta(days=chance.number(10, 60))).isoformat(),
                "Currency": chance.weighted({"EUR": 70, "NOK": 16, "GBP": 8, "USD": 6}),
                "DiscountPercent": deal["DiscountPercent"], "PaymentTerms": deal["PaymentTerms"],
                "AcceptedOn": closed.isoformat() if status == "Accepted" else None}  # fmt: skip
    return row


def _line(chance: Chance, quote: int) -> Row:
    product = chance.number(1, len(PRODUCTS))
    price, quantity = PRODUCTS[product - 1][3], chance.number(1, 24)
    discount = chance.one((0, 0, 0, 5, 10))
    return {"Quote": quote, "Product": product, "Quantity": quantity, "UnitPrice": price, "DiscountPercent": discount,
            "LineTotal": round(price * quantity * (100 - discount) / 100, 2)}  # fmt: skip


def _contract(chance: Chance, number: int, deal: Row) -> Row:
    signed = date.fromisoformat(str(deal["CloseDate"]))
    start = signed + timedelta(days=chance.number(1, 45))
    months = int(deal["TermMonths"]) if isinstance(deal["TermMonths"], str) else 12
    end = start + timedelta(days=months * 365 // 12)
    amount = deal["Amount"] if isinstance(deal["Amount"], int | float) else 12_000
    status = "Ended" if end < TODAY else "Active"
    row: Row = {"ContractNumber": f"K-{number:05}", "Account": deal["Account"], "Status": status,
                "StartDate": start.isoformat(), "EndDate": end.isoformat(), "TermMonths": months,
                "ContractValue": round(float(amount) * months / 12, 2), "AutoRenew": chance.happens(0.8),
                "NoticeDays": chance.one((30, 60, 60, 90)), "SignedOn": signed.isoformat(),
                "Owner": chance.number(21, 29), "LastReviewed": chance.ago(5, 400)}  # fmt: skip
    # Some contracts in force have no end date: nobody will prepare their renewal.
    return chance.thin(row, {"EndDate": 0.91, "SignedOn": 0.95, "LastReviewed": 0.6, "NoticeDays": 0.9})


def _subscription(chance: Chance, place: int, contract: Row) -> Row:
    ended = contract["Status"] == "Ended"
    units = int(chance.around(22, 0.8))
    row: Row = {
        "Account": contract["Account"], "Contract": place, "Product": chance.number(9, 15), "Units": units,
        "Status": "Cancelled" if ended else chance.weighted({"Active": 92, "Paused": 3, "Pending": 5}),
        "UnitsConnected": min(units, round(units * chance.number(20, 110) / 100)),
        "MonthlyFee": round(units * chance.number(30, 90) + 100.5, 2),
        "BillingFrequency": chance.weighted({"Yearly": 60, "Quarterly": 25, "Monthly": 15}),
        "StartDate": contract["StartDate"], "EndDate": contract["EndDate"] if ended else None,
        "NextInvoiceOn": None if ended else chance.day(TODAY, TODAY + timedelta(days=300)),
        "PaymentStatus": chance.weighted({"Paid": 82, "Open": 11, "Overdue": 6, "Disputed": 1}),
        "ChurnRisk": chance.weighted({"Cold": 70, "Warm": 22, "Hot": 8}),
    }  # fmt: skip
    return chance.thin(row, {"UnitsConnected": 0.85, "ChurnRisk": 0.64, "PaymentStatus": 0.97})


def _case(chance: Chance, number: int, account: int, people: Mapping[int, int]) -> Row:
    day = chance.ago(0, 800)
    opened = chance.moment(day)
    recent = date.fromisoformat(day) > TODAY - timedelta(days=14)
    status = chance.weighted({"New": 20, "In Progress": 40, "Waiting for Customer": 25, "Resolved": 15}
                             if recent else {"Closed": 94, "Resolved": 4, "Waiting for Customer": 2})  # fmt: skip
    done = status in ("Resolved", "Closed")
    reason = chance.weighted({"Sensor": 44, "Platform": 27, "Billing": 18, "Onboarding": 11})
    topic = chance.one(CASES[reason])
    row: Row = {
        "CaseNumber": f"C-{number:06}", "Subject": f"{reason}: {topic.lower()}", "Account": account,
        "Contact": people.get(account), "Status": status, "Topic": topic, "Reason": reason,
        "Priority": chance.weighted({"Low": 18, "Normal": 55, "High": 21, "Critical": 6}),
        "Origin": chance.weighted({"E-mail": 48, "Phone": 20, "Portal": 25, "Sensor alarm": 7}),
        "Details": "The customer describes the problem here.", "Owner": chance.number(30, 44), "OpenedAt": opened,
        "FirstResponseAt": None if status == "New" else f"{day} 18:00:00",
        "ResolvedAt": f"{_resolved(day, number)} 18:30:00" if done else None, "Escalated": chance.happens(0.08),
        "Resolution": "<p>Solved together with the customer.</p>" if done else None,
        "Satisfaction": chance.number(1, 5) if status == "Closed" else None, "ZendeskId": f"{700_000 + number}",
    }  # fmt: skip
    optional = {"Contact": 0.9, "Details": 0.85, "Owner": 0.98, "Satisfaction": 0.28, "ZendeskId": 0.97}
    return chance.thin(row, optional if done else {**optional, "Topic": 0.6, "Reason": 0.7})


def _resolved(day: str, number: int) -> date:
    """Most cases are solved within days; none after the last day there is."""
    return min(TODAY, date.fromisoformat(day) + timedelta(days=number % 7 * (number % 3)))
