"""The report in a real browser: searched, opened, printed, with nothing fetched."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from cli.language import all_said
from cli.report.proofs import Proofs
from cli.report.view import WORDS
from tests.support.memos import memos_of, review
from tests.support.reports import example, page_of
from tests.support.system import needed

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}</script>"
LEAST = 4.5
ROWS = "#map tbody tr:not(.proof)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = needed("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open pages, and let none of them complain or ask for anything but itself."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    opened.on("console", lambda message: wrong.append(message.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("dialog", lambda dialog: wrong.append(dialog.message))
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert wrong == []
    assert [each for each in asked if not each.startswith("file:")] == []
    assert len(asked) == 1
    opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("report") / "report.html"
    written.write_text(page_of(example("vi")), encoding="utf-8")
    return written


def shown(page: Page) -> int:
    return page.locator(ROWS).locator("visible=true").count()


def test_a_search_without_diacritics_narrows_the_map(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    assert shown(page) == 80
    page.fill("#search", "PHUONG doan")
    assert (
        page.locator(ROWS)
        .locator("visible=true")
        .all_text_contents()[0]
        .startswith("phường Đoàn Kết")
    )
    assert shown(page) == 1
    assert "1" in page.inner_text("#shown")
    page.fill("#search", "")
    page.select_option("#by-level", "hamlet")
    page.select_option("#by-verdict", "eligible")
    assert shown(page) == 17
    page.click("#filter button[type=reset]")
    # A locator waits outside the page, which forbids to evaluate any text in it.
    expect(page.locator("#map tr[hidden]")).to_have_count(0)
    page.select_option("#by-criterion", "5 not_met")
    assert shown(page) == 24


def test_a_proof_opens_by_key_and_says_what_is_short(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    button = page.locator(ROWS, has_text="03389-02").locator("button")
    button.focus()
    page.keyboard.press("Enter")
    proof = page.locator("tr.proof")
    assert button.get_attribute("aria-expanded") == "true"
    assert proof.get_attribute("id") == button.get_attribute("aria-controls")
    assert "95/96 = 98,96%" in proof.inner_text()
    assert proof.locator("details[open]").count() == 1
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Tổ dân phố số 3"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert not proof.is_visible()


def test_paper_holds_every_locality_even_while_the_screen_is_narrowed(
    page: Page, file: Path, tmp_path: Path
) -> None:
    page.goto(file.as_uri())
    page.fill("#search", "03389-02")
    printed = tmp_path / "report.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    text = subprocess.run(
        [needed("pdftotext"), "-layout", printed, "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "LƯU HÀNH NỘI BỘ" in text
    missing = [each.id for each in example("vi").localities if each.id not in text]
    assert missing == []


def test_light_and_dark_follow_the_system_and_the_button(
    page: Page, file: Path
) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="dark")
    page.goto(file.as_uri())
    dark = page.evaluate(ground)
    page.click("#theme")
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == light != dark
    page.click("#theme")
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_colours_say_can_be_read(
    page: Page, file: Path, scheme: Literal["light", "dark"]
) -> None:
    """WCAG AA: letters stand out from their ground by at least 4.5 to 1."""
    page.emulate_media(color_scheme=scheme)
    page.goto(file.as_uri())
    pairs = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const value = (name) => style.getPropertyValue(name).trim();
          const kinds = ["met", "not_met", "unknown"];
          return [
            ["--ink", "--ground"], ["--ink", "--paper"], ["--soft", "--paper"],
            ["--soft", "--ground"], ["--link", "--paper"], ["--seal", "--ground"],
            ["--on-not_applicable", "--not_applicable"],
            ...kinds.flatMap((k) => [["--on-" + k, "--" + k], [`--${k}-ink`, `--${k}-tint`]]),
          ].map((pair) => [pair.join(" on "), ...pair.map(value)]);
        }"""
    )
    assert len(pairs) == 13
    found = {name: contrast(one, other) for name, one, other in pairs}
    assert {name: ratio for name, ratio in found.items() if ratio < LEAST} == {}


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_hostile_name_is_text_on_the_page_and_in_its_proof(
    page: Page, tmp_path: Path
) -> None:
    report = example("vi")
    memo = replace(memos_of(review(), "vi")[0], conflicts=(HOSTILE,))
    proofs = Proofs()
    proofs.add(memo)
    line = replace(report.localities[0], name=HOSTILE)
    file = tmp_path / "hostile.html"
    spoilt = replace(report, localities=(line,), proofs=proofs.json(all_said(WORDS)))
    file.write_text(page_of(spoilt), encoding="utf-8")
    page.goto(file.as_uri())
    page.click("#map tbody button")
    assert page.inner_text("#map tbody button") == HOSTILE
    assert HOSTILE in page.inner_text("tr.proof")
    assert page.locator("#map img").count() == 0


def test_nothing_is_wider_than_a_telephone(page: Page, file: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(file.as_uri())
    page.locator("#map tbody button").nth(3).click()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_a_keyboard_reaches_the_content_first(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it shows
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
