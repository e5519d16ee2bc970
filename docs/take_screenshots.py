"""Takes the screenshots of `docs/screenshots` from a running demo.

DEMO_PASSWORD=… make demo        (in one terminal)
DEMO_PASSWORD=… .venv/bin/python docs/take_screenshots.py
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PORT = os.environ.get("PORT", "8000")
FOLDER = Path(__file__).parent / "screenshots"
CLINICS = ("dallas", "delray-beach", "kairos")
PAGES = {"home": "/", "article": "/conditions/fibromyalgia/", "locations": "/locations/"}
WIDTHS = {390: 1600, 1280: 1500}
JPEG = {"type": "jpeg", "quality": 72}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_public(browser)
        take_admin(browser)
        take_guide(browser)
        browser.close()


def take_public(browser: Browser) -> None:
    for width, height in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        for clinic in (*CLINICS, "hub"):
            host = "localhost" if clinic == "hub" else f"{clinic}.localhost"
            for name, path in PAGES.items():
                page.goto(f"http://{host}:{PORT}{path}", wait_until="networkidle")
                page.screenshot(path=FOLDER / f"{name}-{clinic}-{width}.jpg", **JPEG)
        page.close()


def take_admin(browser: Browser) -> None:
    page = sign_in(browser, "library")
    page.goto(admin("/pages/"), wait_until="networkidle")
    page.get_by_role("link", name="Fibromyalgia", exact=True).first.click()
    open_preview(page)
    page.screenshot(path=FOLDER / "editor-article-1280.jpg", **JPEG)
    page = sign_in(browser, "dallas")
    page.goto(admin("/my-clinic/"), wait_until="networkidle")
    page.screenshot(path=FOLDER / "editor-my-clinic-1280.jpg", **JPEG)
    page.goto(admin("/my-articles/"), wait_until="networkidle")
    page.screenshot(path=FOLDER / "editor-my-articles-1280.jpg", **JPEG)
    edit(page, "Fibromyalgia")
    open_preview(page)
    page.screenshot(path=FOLDER / "editor-local-version-1280.jpg", **JPEG)


def take_guide(browser: Browser) -> None:
    """The pictures of `editor-guide.md`."""
    page = sign_in(browser, "dallas")
    take(page, "guide-dashboard")
    page.goto(admin("/my-numbers/"), wait_until="networkidle")
    page.get_by_text("Where it shows").first.click()
    take(page, "guide-numbers")
    edit(page, "How to prepare for an infusion")
    take(page, "guide-outline")
    page.get_by_role("link", name="Compare and decide").first.click()
    take(page, "guide-compare")
    edit(page, "Fibromyalgia")
    page.get_by_role("button", name="Change for this clinic").first.click()
    page.wait_for_timeout(600)
    take(page, "guide-own-text")
    edit(page, "Fibromyalgia")
    page.get_by_role("tab", name="Title and summary").click()
    take(page, "guide-fields")
    page.goto(admin("/my-articles/"), wait_until="networkidle")
    page.get_by_role("link", name="Library updates").first.click()
    take(page, "guide-library-updates")
    page.locator("a[href*='/safety/']").first.click()
    take(page, "guide-safety")
    edit(page, "Fibromyalgia")
    open_preview(page)
    page.goto(page.url.partition("#")[0] + "preview/?mode=why", wait_until="networkidle")
    take(page, "guide-why")
    page.goto(admin("/my-clinic/"), wait_until="networkidle")
    page.get_by_role("link", name="Hours", exact=True).first.click()
    page.get_by_role("link", name="Write a notice, or close for today").click()
    take(page, "guide-notice")
    page = sign_in(browser, "delray")
    edit(page, "Migraine")
    page.get_by_role("link", name="Our offer").first.click()
    take(page, "guide-own-offer")
    take_franchise(browser)
    take_library(browser)


def take_franchise(browser: Browser) -> None:
    """What closing a clinic does is looked at and not confirmed."""
    page = sign_in(browser, "franchise")
    page.goto(admin("/my-clinic/"), wait_until="networkidle")
    page.get_by_role("link", name="Texas Ketamine Specialists").first.click()
    page.get_by_role("link", name="Manage", exact=True).click()
    page.get_by_role("link", name="Close the clinic").click()
    page.locator("[name=neighbour]").select_option(index=1)
    page.get_by_role("button", name="Show what it does").click()
    take(page, "guide-close")


def take_library(browser: Browser) -> None:
    page = sign_in(browser, "library")
    page.goto(admin("/articles-by-clinic/"), wait_until="networkidle")
    take(page, "guide-matrix")
    page.goto(admin("/pages/search/?q=prepare"), wait_until="networkidle")
    page.get_by_role("link", name="How to prepare for an infusion", exact=True).first.click()
    page.wait_for_load_state("networkidle")
    article = page.url.split("/")[-3]
    page.goto(admin(f"/releases/{article}/"), wait_until="networkidle")
    take(page, "guide-releases")
    page.goto(admin(f"/releases/{article}/withdraw/"), wait_until="networkidle")
    take(page, "guide-withdraw")
    page.goto(admin(f"/pages/{article}/edit/"), wait_until="networkidle")
    page.locator("#id_summary").fill("How to get ready for an infusion day, and what to bring.")
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()
    take(page, "guide-publish")
    page.locator(".impact-clinics a").first.click()
    page.wait_for_timeout(1500)
    take(page, "guide-impact")


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    page.screenshot(path=FOLDER / f"{name}-1280.jpg", **JPEG)


def edit(page: Page, article: str) -> None:
    page.goto(admin("/my-articles/"), wait_until="networkidle")
    page.get_by_role("row", name=article).get_by_role("link", name="Edit our version").click()
    page.wait_for_load_state("networkidle")


def sign_in(browser: Browser, username: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 1100}).new_page()
    page.goto(admin("/login/"))
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", os.environ["DEMO_PASSWORD"])
    page.click("button[type=submit]")
    page.wait_for_load_state("networkidle")
    return page


def open_preview(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    toggle = page.get_by_role("button", name="Toggle preview")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    page.wait_for_timeout(4000)


def admin(path: str) -> str:
    return f"http://localhost:{PORT}/admin{path}"


if __name__ == "__main__":
    main()
