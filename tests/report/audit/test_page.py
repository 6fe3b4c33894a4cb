"""The page in a real browser: sorting, filtering, the keyboard, a phone, dark; no error, and no request."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from crmgov.model.audits import AuditDocument
from crmgov.report.audit import render
from tests.report.audit.scenes import field, northstar

MANY = 5_000
VERDICTS = ("deprecate", "hide", "keep", "unknown")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium is installed")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


class Page:
    """One page in a window, with all that the console said and all that was asked of the network."""

    def __init__(self, browser: Any, file: Path, width: int = 1280, scheme: str = "light") -> None:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    @property
    def names(self) -> list[str]:
        found: list[str] = self.page.locator("#rows .open").all_text_contents()
        return found

    @property
    def status(self) -> str:
        return str(self.page.locator("#status").text_content())

    def sorted_by(self, key: str) -> str | None:
        found: str | None = self.page.locator(f"#fields th[data-key={key}]").get_attribute("aria-sort")
        return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _saved(tmp_path_factory, northstar())


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fields = tuple(
        field(
            f"Field_{n:04d}", VERDICTS[n % 4], n % 101, of=100, recent=n, parent=f"Object_{n % 40}", label=f"Label {n}"
        )
        for n in range(MANY)
    )
    return _saved(tmp_path_factory, northstar(fields))


def _saved(factory: pytest.TempPathFactory, audit: AuditDocument) -> Path:
    file = factory.mktemp("page") / "audit.html"
    file.write_text(render(audit, "html"), encoding="utf-8")
    return file


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")])
def test_a_page_is_quiet_asks_for_nothing_and_fits_the_window(browser: Any, small: Path, width: int, scheme: str) -> None:  # fmt: skip
    page = Page(browser, small, width, scheme)
    for button in page.page.locator("#rows .open").all():
        button.click()
    for group in page.page.locator("details > summary").all():
        group.click()
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    paper = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


def test_what_a_row_says_when_it_is_opened(browser: Any, small: Path) -> None:
    page = Page(browser, small)
    row = page.page.get_by_role("button", name="Lead.Region__c")
    row.click()
    assert row.get_attribute("aria-expanded") == "true"
    told = page.page.locator("tr.more").inner_text()
    for text in ("Nordics", "60,000", "not listed", "426", "Inbound", "72,000 of 80,000", "VALUES001", "Mend: Mend it.",
                 "exact, from northstar, 2026-11-22 14:10 UTC", "Route"):  # fmt: skip
        assert text in told
    row.click()
    assert page.page.locator("tr.more").count() == 0


def test_sorting_by_pointer_and_by_keyboard(browser: Any, small: Path) -> None:
    page = Page(browser, small)
    assert page.sorted_by("v") == "ascending"
    assert page.names[0] == "Lead.Old_Import_Key__c"
    page.page.locator("#fields th[data-key=s] button").click()
    assert (page.sorted_by("s"), page.sorted_by("v")) == ("ascending", "none")
    assert page.names[0] == "Lead.Old_Import_Key__c"
    assert page.names[-1] == "Lead.ProductInterest__c"
    page.page.keyboard.press("Enter")
    assert page.sorted_by("s") == "descending"
    assert page.names[0] == "Lead.Region__c"
    assert page.names[-1] == "Lead.ProductInterest__c", "what is not known stays last"


def test_filtering_by_verdict_object_and_text(browser: Any, large: Path) -> None:
    page = Page(browser, large)
    assert page.status == "5,000 fields"
    chip = page.page.locator(".chips button.hide")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"
    assert page.status == "1,250 of 5,000 fields"
    page.page.select_option("#object", "Object_1")
    assert page.status == "125 of 5,000 fields"
    page.page.fill("#find", "  FIELD_004 object_1 ")
    assert (page.status, page.names) == ("1 of 5,000 fields", ["Object_1.Field_0041"])
    page.page.fill("#find", "no such field")
    assert (page.status, page.names) == ("0 of 5,000 fields", [])
    assert page.said == []


def test_five_thousand_fields_are_shown_part_by_part(browser: Any, large: Path) -> None:
    page = Page(browser, large)
    assert len(page.names) == 100
    more = page.page.locator("#on")
    more.focus()
    page.page.keyboard.press("Enter")
    assert len(page.names) == 200
    focused = page.page.evaluate("document.activeElement.textContent")
    assert focused == page.names[100], "the keyboard goes on where the new rows begin"
    page.page.locator("#fields th[data-key=n] button").click()
    assert page.names[:2] == ["Object_0.Field_0000", "Object_0.Field_0040"]
    assert len(page.names) == 100


def test_everything_is_reached_by_the_keyboard_in_order(browser: Any, small: Path) -> None:
    page = Page(browser, small)
    reached = []
    for _ in range(26):
        page.page.keyboard.press("Tab")
        reached.append(page.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert reached[:6] == ["Skip to the fields", "1remove", "1deprecate", "1hide", "1unknown", "1keep"]
    order = ["find", "object", "by", "way", "Field", "Filled", "Verdict", "Lead.Old_Import_Key__c"]
    assert [one for one in reached if one in order] == order
    outlines = page.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outlines != "none"


def test_without_a_script_the_summary_is_read_all_the_same(browser: Any, small: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(small.as_uri())
    text = page.locator("body").inner_text()
    for told in ("Audit of production", "Not known: program text", "Lead_After_Save_SDR_Follow_Up", "1,230 (36%)",
                 "VALUES001", "98,104 records, exact", "audit --format csv"):  # fmt: skip
        assert told in text


def test_pictures_say_in_text_what_they_show(browser: Any, small: Path) -> None:
    page = Page(browser, small).page
    assert "Customer" not in page.locator(".heat").inner_text()
    assert page.locator(".heat td").all_text_contents() == ["90%", "52%"]
    assert page.locator("svg.spark").first.get_attribute("aria-label") == "2 audits, from 85% to 83%"
    assert page.locator(".bars").inner_text().split("\n")[:2] == ["empty", "1"]


def test_hostile_names_do_nothing(browser: Any, tmp_path: Path) -> None:
    from tests.report.audit.test_forms import hostile

    file = tmp_path / "audit.html"
    audit = msgspec.structs.replace(hostile(), source="</script><script>alert(2)</script>")
    file.write_text(render(audit, "html"), encoding="utf-8")
    page = Page(browser, file)
    for button in page.page.locator("#rows .open").all():
        button.click()
    assert page.said == []
    assert len(page.asked) <= 2
    assert page.page.locator("img").count() == 0
