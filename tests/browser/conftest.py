"""The running portal and a real Chromium in front of it.

Every test here also fails when the browser complains: a script error, a missing file, a breach of the content
security policy.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from partners.models import User

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = 1360, 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def portal(transactional_db: None) -> Iterator[LiveServer]:
    cache.clear()  # the limits on sign-in attempts
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def page(chromium: Browser, portal: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=portal.url, locale="de-DE", viewport={"width": WIDE, "height": 900}, color_scheme="light"
    )
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        is_the_page = message.location.get("url") == page.url and message.text.startswith("Failed to load")
        is_an_answer = message.text.endswith(
            ("401 (Unauthorized)", "409 (Conflict)", "422 (Unprocessable Entity)")
        ) or message.text.startswith("Response Status Error Code 401")
        if message.type == "error" and not (is_the_page or is_an_answer):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def enter(page: Page, portal: LiveServer) -> Callable[[User], None]:
    """``enter(user)`` gives the browser that person's session, without the sign-in form."""

    def _enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": session.value, "url": portal.url}])

    return _enter


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


@pytest.fixture
def assert_accessible(page: Page) -> Callable[[], None]:
    """``assert_accessible()`` checks the page with axe, wide and narrow; nothing may run off the side."""

    def _assert_accessible() -> None:
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"too wide for {width} px"
            assert _violations(page) == [], f"at {width} px"
        page.set_viewport_size({"width": WIDE, "height": 900})

    return _assert_accessible
