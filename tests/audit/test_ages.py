"""How old things are, by ledger and git."""

import datetime as dt
from typing import Any

from crmgov.audit.ages import Age
from crmgov.audit.looked import not_looked_at
from crmgov.audit.settings import Settings
from crmgov.check.governance.scene import Scene
from crmgov.cli.ages import ages
from crmgov.ledger.entries import Entry, HeadsChanged, SetHead
from crmgov.model.canonical import Body
from crmgov.model.snapshot import Coverage, Derived, Elsewhere, Gap, Snapshot
from tests.audit.judging import snapshot

TODAY = dt.date(2026, 6, 15)
LEAD, OLD, NEW = "Object/Lead", "Field/Lead.Old", "Field/Lead.New"


def entry(day: str, run: str, *addresses: str, batch: int | None = 0) -> Entry:
    heads = tuple(SetHead(address, address, "d", "d") for address in addresses)
    return Entry(number=1, previous="", at=f"{day}T10:00:00Z", run=run, what=HeadsChanged(batch=batch, set=heads))


def known(*entries: Entry, changed: tuple[str, ...] = (), renamed: tuple[str, ...] = ()) -> dict[str, Age]:
    """Ages where every batch made what it touched, but for what it only ``changed``."""

    class Made:
        def __contains__(self, native: object) -> bool:
            return native not in changed

    return ages(entries, TODAY, lambda run, batch: Made(), renamed)


def test_what_an_apply_made_is_as_old_as_that() -> None:
    found = known(entry("2026-01-01", "r1", LEAD, OLD), entry("2026-06-05", "r2", NEW, OLD))
    assert found[NEW] == Age(10)
    assert found[NEW].young(90)
    assert found[OLD] == Age(165, with_object=True)


def test_what_was_removed_and_made_again_is_new() -> None:
    made = [entry("2025-01-01", "r1", LEAD), entry("2025-02-01", "r2", NEW)]
    gone = Entry(number=3, previous="", at="2026-01-01T10:00:00Z", run="r3", what=HeadsChanged(batch=0, drop=(NEW,)))
    assert NEW not in known(*made, gone)
    assert known(*made, gone, entry("2026-06-05", "r4", NEW))[NEW] == Age(10)


def test_a_field_made_when_its_object_was_only_changed_is_young() -> None:
    found = known(entry("2026-06-05", "r1", LEAD, NEW), changed=(LEAD,))
    assert (found[LEAD], found[NEW]) == (Age(10, at_least=True), Age(10))


def test_a_field_made_with_its_object_is_not_young() -> None:
    found = known(entry("2026-06-05", "r1", LEAD, OLD))
    assert not found[OLD].young(90)
    assert found[OLD].settled(90)


def test_what_was_found_or_renamed_is_at_least_as_old() -> None:
    taken = known(entry("2026-06-05", "r1", LEAD, OLD, batch=None))[OLD]
    assert taken == Age(10, at_least=True)
    assert not taken.young(90)
    assert not taken.settled(90)
    assert known(entry("2026-06-05", "r1", OLD), renamed=(OLD,))[OLD] == Age(10, at_least=True)


def told(**more: Any) -> tuple[str, ...]:
    bodies: dict[str, Body] = {"Automation/Lead.Flow": {"active": True, "body": "opaque"}}
    held = Snapshot.of("tree", {"Object/Lead": {}, **bodies}, **more)
    vouched = Settings(looked_at=("private reports", "program text", "integrations", "reports", "list views"))
    return not_looked_at(Scene(held, today=TODAY), None, 0, vouched)


def test_what_of_the_configuration_is_not_read_is_named() -> None:
    read = {"Automation/Lead.Flow": Derived()}
    assert told() == ("bodies of automations (1 not read)",)
    assert told(derived=read) == ()
    left = {"ListView": 9, "CustomTab": 99, "Layout.relatedLists": 50, "SharingRules": 20, "FlexiPage": 3}
    unread = "parts that are not read (Layout.relatedLists, SharingRules, ListView, FlexiPage)"
    assert told(derived=read, left=left) == (unread,)
    naming = {"UIObjectRelationConfig": 3, "Settings.objectMapping": 2, "PresenceUserConfig": 9, "Settings.enableX": 9}
    assert told(derived=read, left=naming) == (
        "parts that are not read (UIObjectRelationConfig, Settings.objectMapping)",
    )
    searched = {"ListView": 2, "Layout.relatedLists": 0, "SharingRules": 0, "FlexiPage": 3}
    assert told(derived=read, left=left, elsewhere=Elsewhere(searched=searched)) == (
        "parts that are not read (FlexiPage: 3 not understood)",
    )
    assert told(derived=read, hidden=1204) == ("files that the project's own rules hide (1,204)",)
    broken = Gap(status="unread", reason="a.flow-meta.xml was not read", kind="Automation")
    assert told(derived=read, coverage=Coverage(kinds=frozenset(), gaps=(broken, broken))) == (
        "broken files (a.flow-meta.xml was not read, and 1 more)",
    )


def test_of_list_views_the_private_ones_are_never_seen() -> None:
    def lists(files: dict[str, int], searched: dict[str, int]) -> str:
        held = Snapshot.of("tree", {"Object/Lead": {}}, files=files, elsewhere=Elsewhere(searched=searched))
        named = not_looked_at(Scene(held, today=TODAY), None, 0, Settings())
        return next(one for one in named if one.startswith("list views"))

    assert lists({}, {"ListView": 0}) == "list views"
    assert lists({"ListView": 3}, {"ListView": 0}) == "list views (private ones)"
    assert lists({"ListView": 3}, {"ListView": 2}) == "list views (2 not understood, and private ones)"


def test_places_that_were_not_looked_at_are_named_until_somebody_vouches() -> None:
    scene = Scene(snapshot({}), today=TODAY)
    named = not_looked_at(scene, None, 0, Settings())
    assert named == (
        "integrations (none is described)", "reports (none is described)", "list views", "private reports",
        "program text (--code PATH)",
    )  # fmt: skip
    vouched = Settings(looked_at=("private reports", "program text", "integrations", "reports", "list views"))
    assert not_looked_at(scene, None, 0, vouched) == ()
