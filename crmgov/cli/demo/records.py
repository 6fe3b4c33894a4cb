"""Believable records for the demonstration, the same every time. They fit the first commit's configuration. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from crmgov.cli.demo.random_state import TODAY, Chance, Row, domain, region
from crmgov.cli.demo.times import timed
from crmgov.cli.demo.words import COUNTRIES, PRODUCTS, TITLES

USERS = 44
"""People of the company; account executives have the numbers 2 to 20, support has 30 to 44."""

_COUNTS = {"Account": 3200, "Contact": 7200, "Campaign": 48, "Lead": 7600, "CampaignMember": 3000,
           "Opportunity": 4600}  # fmt: skip
_SOURCES = {"Website": 30, "Webinar": 16, "Trade fair": 14, "Referral": 12, "Partner": 9, "Outbound": 9,
            "Paid search": 6, "Social media": 3, "Purchased list": 1}  # fmt: skip
_CONSENT = {"Not asked": 46, "Given": 45, "Withdrawn": 9}
_LEAD_STATUS = {"New": 9, "Contacted": 17, "Engaged": 14, "Marketing Qualified": 7, "Sales Accepted": 4,
                "Converted": 27, "Disqualified": 22}  # fmt: skip
_STAGES = {"Discovery": 14, "Solution Fit": 12, "Proposal Sent": 10, "Negotiation": 6, "Closed Won": 31,
           "Closed Lost": 27}  # fmt: skip
_CHANCES = {"Discovery": 10, "Solution Fit": 30, "Proposal Sent": 50, "Negotiation": 75, "Closed Won": 100,
            "Closed Lost": 0}  # fmt: skip
_HEADS = {"1-49": (4, 49), "50-249": (50, 249), "250-999": (250, 999), "1000-4999": (1000, 4999),
          "5000+": (5000, 60000)}  # fmt: skip


class Records(msgspec.Struct, frozen=True):
    """All records of one object. The first has the number 1, the next 2."""

    object: str
    rows: list[Row]


def users() -> list[tuple[int, str, str, str, bool]]:
    """Number, user name, name, e-mail address, and whether the person still works here."""
    chance = Chance("users")
    made = []
    for number in range(1, USERS + 1):
        first, last = chance.person()
        mail = f"{first}.{last}{number}@tidewell.example".lower()
        made.append((number, mail, f"{first} {last}", mail, number % 11 != 0))
    return made


def sales(scale: float = 1) -> Iterator[Records]:
    """Accounts to deals, parents first, with the times of each. ``scale`` multiplies the number of records."""
    for records in _sales(scale):
        timed(records.object, records.rows)
        yield records


def _sales(scale: float) -> Iterator[Records]:
    chance = Chance("sales")
    count = {name: max(1, round(number * scale)) for name, number in _COUNTS.items()}
    accounts = [_account(chance, number) for number in range(1, count["Account"] + 1)]
    yield Records("Account", accounts)
    contacts = [_contact(chance, number, accounts) for number in range(1, count["Contact"] + 1)]
    yield Records("Contact", contacts)
    yield Records("Product", [_product(chance, index) for index in range(len(PRODUCTS))])
    yield Records("Campaign", [_campaign(chance, number) for number in range(1, count["Campaign"] + 1)])
    yield Records("Lead", [_lead(chance, count["Campaign"]) for _ in range(count["Lead"])])
    yield Records("CampaignMember", [_member(chance, count) for _ in range(count["CampaignMember"])])
    deals = [_deal(chance, accounts, contacts, count["Campaign"]) for _ in range(count["Opportunity"])]
    yield Records("Opportunity", deals)


def _account(chance: Chance, number: int) -> Row:
    country, industry, size = chance.country(), chance.industry(), chance.size()
    name = chance.company(industry, country)
    kind = chance.weighted({"Prospect": 46, "Customer": 40, "Former customer": 9, "Partner": 5})
    code, latitude, longitude = COUNTRIES[country][0], COUNTRIES[country][3], COUNTRIES[country][4]
    low, high = _HEADS[size]
    row: Row = {
        "Name": name, "Type": kind, "Industry": industry, "CompanySize": size, "Employees": chance.number(low, high),
        "AnnualRevenue": chance.around(high * 90_000, 0.8, 1000), "Country": country, "Region": region(country),
        "BillingStreet": f"{chance.one(TITLES).split(maxsplit=1)[0]} Street {chance.number(1, 180)}",
        "BillingCity": f"Port {name.split()[0]}", "BillingPostalCode": chance.postal_code(country),
        "Location": (latitude + chance.number(-90, 90) / 100, longitude + chance.number(-90, 90) / 100),
        "Phone": chance.phone(country), "Website": f"https://www.{domain(name)}",
        "VatNumber": f"{code[:2].upper()}{chance.number(10**8, 10**9 - 1)}", "Owner": chance.number(2, 20),
        "Strategic": chance.happens(0.03), "SegmentCode": f"S{chance.number(1, 9)}",
        "LastActivityDate": chance.ago(0, 700), "HealthScore": None, "CustomerSince": None, "AccountManager": None,
        "CustomerNumber": None,
    }  # fmt: skip
    if kind in ("Customer", "Former customer"):
        row |= {"CustomerNumber": f"D{100_000 + number}", "CustomerSince": chance.ago(60, 3600),
                "HealthScore": chance.number(1200, 9900) / 100, "AccountManager": chance.number(21, 29)}  # fmt: skip
    return chance.thin(row, {
        "Industry": 0.93, "CompanySize": 0.88, "Employees": 0.57, "AnnualRevenue": 0.49, "Region": 0.96,
        "BillingStreet": 0.78, "Location": 0.31, "Phone": 0.82, "Website": 0.9, "VatNumber": 0.55, "SegmentCode": 0.12,
        "AccountManager": 0.94,
    })  # fmt: skip


def _contact(chance: Chance, number: int, accounts: list[Row]) -> Row:
    place = chance.number(1, len(accounts))
    account = accounts[place - 1]
    first, last = chance.person()
    country, consent = str(account["Country"]), chance.weighted(_CONSENT)
    row: Row = {
        "FirstName": first, "LastName": last, "Account": place, "Salutation": chance.one(("Ms", "Mr", "Mx", "Dr")),
        "Email": f"{first}.{last}{number}@{domain(str(account['Name']))}".lower(), "Phone": chance.phone(country),
        "MobilePhone": chance.phone(country), "JobTitle": chance.one(TITLES),
        "Department": chance.one(("Operations", "Finance", "Procurement", "Sustainability", "Executive")),
        "BuyingRole": chance.one(("Decision maker", "Economic buyer", "Technical evaluator", "Champion", "User")),
        "Language": chance.weighted({"English": 55, "German": 20, "Norwegian": 12, "Swedish": 8, "French": 5}),
        "PreferredTime": f"{chance.number(8, 16):02}:00:00", "MarketingConsent": consent,
        "ConsentDate": None if consent == "Not asked" else chance.ago(5, 1100),
        "EmailOptOut": consent == "Withdrawn" or chance.happens(0.02), "LastVerified": chance.ago(10, 1300),
        "Owner": chance.number(2, 29), "MailchimpId": f"mc{number:07}",
        "ReportsTo": None if number == 1 else chance.number(1, number - 1),
    }  # fmt: skip
    return chance.thin(row, {
        "FirstName": 0.97, "Salutation": 0.71, "Phone": 0.66, "MobilePhone": 0.48, "JobTitle": 0.79,
        "Department": 0.62, "BuyingRole": 0.34, "Language": 0.88, "PreferredTime": 0.06, "LastVerified": 0.73,
        "MailchimpId": 0.44, "ReportsTo": 0.08,
    })  # fmt: skip


def _product(chance: Chance, index: int) -> Row:
    code, name, family, price = PRODUCTS[index]
    once = family in ("Sensors", "Services")
    return {"Name": name, "ProductCode": code, "Family": family, "ListPrice": price, "UnitCost": round(price * 0.4, 2),
            "BillingFrequency": "Once" if once else "Yearly", "MinimumQuantity": 1,
            "Details": f"{name} with a warranty of two years." if once else f"{name}, one year.",
            "OnSale": chance.happens(0.95)}  # fmt: skip


def _campaign(chance: Chance, number: int) -> Row:
    start = TODAY - timedelta(days=chance.number(-60, 1000))
    end = start + timedelta(days=chance.number(1, 60))
    status = "Planned" if start > TODAY else "Running" if end >= TODAY else "Finished"
    kind = chance.one(("E-mail", "Webinar", "Trade fair", "Advertising", "Partner event"))
    budget = chance.around(9000, 0.7, 100)
    row: Row = {"Name": f"{start.year} {kind} {chance.one(TITLES).split()[-1]} {number}", "Type": kind,
                "Status": status, "Audience": chance.some(("Aquaculture", "Energy", "Municipal Water"), 3),
                "StartDate": start.isoformat(), "EndDate": end.isoformat(), "Budget": budget,
                "ActualCost": round(budget * chance.number(60, 130) / 100, 2),
                "ExpectedResponse": chance.number(1, 20), "Owner": chance.number(21, 29)}  # fmt: skip
    return chance.thin(row, {"Budget": 0.9, "ActualCost": 0.7, "ExpectedResponse": 0.5, "Audience": 0.8})


def _lead(chance: Chance, campaigns: int) -> Row:
    first, last = chance.person()
    country, industry, status = chance.country(), chance.industry(), chance.weighted(_LEAD_STATUS)
    company = chance.company(industry, country)
    qualified = status in ("Marketing Qualified", "Sales Accepted", "Converted")
    accepted = status in ("Sales Accepted", "Converted")
    born = chance.ago(0, 540)
    row: Row = {
        "FirstName": first, "LastName": last, "Company": company,
        "Email": f"{first}.{last}@{domain(company)}".lower(), "Phone": chance.phone(country),
        "FaxNumber": chance.phone(country), "JobTitle": chance.one(TITLES), "Website": f"https://{domain(company)}",
        "Country": country, "Region": region(country), "Industry": industry, "CompanySize": chance.size(),
        "LeadSource": chance.weighted(_SOURCES), "SourceDetail": chance.one(("contact form", "stand", "newsletter")),
        "Campaign": chance.number(1, campaigns), "Status": status,
        "Rating": chance.weighted({"Hot": 18, "Warm": 47, "Cold": 35}),
        "Interests": chance.some(("Sensors", "Monitoring", "Compliance Reports", "Services"), 3),
        "LeadScore": chance.number(60, 100) if qualified else chance.number(0, 75),
        "EstimatedUnits": int(chance.around(25, 0.9)), "EstimatedBudget": chance.around(18_000, 0.8, 500),
        "NextStep": chance.one(("Call back", "Send brochure", "Plan a visit", "Wait for budget")),
        "QualificationNotes": "<p>Asked about need, budget, authority and time.</p>" if qualified else None,
        "DisqualifiedReason": None, "MarketingConsent": chance.weighted(_CONSENT), "Owner": chance.number(2, 20),
        "FirstResponseAt": None if status == "New" else chance.moment(born), "LastActivityDate": born,
        "AcceptedOn": chance.day(date.fromisoformat(born), TODAY) if accepted else None,
    }  # fmt: skip
    if status == "Disqualified":
        row["DisqualifiedReason"] = chance.one(("No need", "No budget", "Not reachable", "Competitor", "Duplicate"))
    return chance.thin(row, {
        "FirstName": 0.95, "Email": 0.91, "Phone": 0.58, "FaxNumber": 0.04, "JobTitle": 0.64, "Website": 0.4,
        "Country": 0.94, "Region": 0.83, "Industry": 0.81, "CompanySize": 0.7, "SourceDetail": 0.52, "Campaign": 0.6,
        "Rating": 0.68, "Interests": 0.45, "EstimatedUnits": 0.3, "EstimatedBudget": 0.28, "NextStep": 0.37,
        "Owner": 0.97,
    })  # fmt: skip


def _member(chance: Chance, count: dict[str, int]) -> Row:
    lead = chance.happens(0.6)
    response = chance.weighted({"Sent": 45, "Opened": 25, "Clicked": 12, "Registered": 8, "Attended": 7,
                                "Unsubscribed": 3})  # fmt: skip
    return {"Campaign": chance.number(1, count["Campaign"]), "Response": response,
            "Lead": chance.number(1, count["Lead"]) if lead else None,
            "Contact": None if lead else chance.number(1, count["Contact"]),
            "RespondedOn": None if response == "Sent" else chance.ago(1, 900)}  # fmt: skip


def _deal(chance: Chance, accounts: list[Row], contacts: list[Row], campaigns: int) -> Row:
    contact = chance.number(1, len(contacts))
    place = contacts[contact - 1]["Account"]
    assert isinstance(place, int)
    stage, renewal = chance.weighted(_STAGES), chance.happens(0.24)
    closed = stage.startswith("Closed")
    late = stage in ("Proposal Sent", "Negotiation", "Closed Won")
    discount = chance.weighted({"0": 50, "5": 18, "10": 18, "15": 8, "20": 4, "25": 2})
    close = chance.ago(1, 1400) if closed else chance.day(TODAY, TODAY + timedelta(days=240))
    row: Row = {
        "Name": f"{accounts[place - 1]['Name']} - {'Renewal' if renewal else 'Monitoring'} - {close[:4]}",
        "Account": place, "PrimaryContact": contact, "Type": "Renewal" if renewal else "New business", "Stage": stage,
        "Amount": chance.around(24_000, 0.9, 100), "Probability": _CHANCES[stage], "CloseDate": close,
        "Owner": chance.number(2, 20), "SalesManager": chance.number(2, 5), "LeadSource": chance.weighted(_SOURCES),
        "Campaign": chance.number(1, campaigns),
        "Rival": chance.weighted({"Aquametric": 34, "Hydrolytics": 22, "In-house laboratory": 24, "Blue Probe": 8,
                                  "No competitor": 12}),
        "NextStep": chance.one(("Site visit", "Send references", "Call the buyer", "Revise the offer")),
        "ProposalSentOn": chance.ago(2, 300) if late else None,
        "ProposalLink": f"https://files.tidewell.example/proposals/{chance.number(10**5, 10**6 - 1)}" if late else None,
        "DiscountPercent": int(discount), "DiscountApproved": int(discount) > 15,
        "PaymentTerms": chance.weighted({"30 days": 70, "14 days": 20, "60 days": 7, "In advance": 3}),
        "TermMonths": chance.weighted({"12": 60, "24": 22, "36": 18}),
        "LossReason": None, "LastActivityDate": close if closed else chance.ago(0, 90),
    }  # fmt: skip
    if stage == "Closed Lost":
        row["LossReason"] = chance.one(("Price", "Missing feature", "Competitor", "No decision", "Budget cut"))
    return chance.thin(row, {
        "PrimaryContact": 0.86, "Amount": 0.92, "SalesManager": 0.9, "Campaign": 0.4, "Rival": 0.61, "NextStep": 0.55,
        "ProposalLink": 0.9, "PaymentTerms": 0.72, "TermMonths": 0.79, "LastActivityDate": 0.93,
    })  # fmt: skip
