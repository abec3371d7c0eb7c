"""The running portal and a real Chromium in front of it.

Every test here also fails when the browser complains: a script error, a missing file, a breach of the content
security policy.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
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


@contextmanager
def browser_of_a_person(chromium: Browser, portal: LiveServer) -> Iterator[Page]:
    """A page with cookies of its own; in the end nothing may have gone wrong in the browser."""
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
def page(chromium: Browser, portal: LiveServer) -> Iterator[Page]:
    with browser_of_a_person(chromium, portal) as page:
        yield page


def give_session(page: Page, portal: LiveServer, user: User) -> None:
    """Sign the person in, without the form."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session.value, "url": portal.url}])


@pytest.fixture
def enter(page: Page, portal: LiveServer) -> Callable[[User], None]:
    """``enter(user)`` gives the browser that person's session, without the sign-in form."""
    return partial(give_session, page, portal)


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [
        f"{rule['id']}: {node['html']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def check_accessibility(page: Page) -> None:
    """With axe, wide and narrow; nothing may run off the side."""
    page.wait_for_load_state()  # a page without its styles yet is wider
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where a bar that sticks covers nothing
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"too wide for {width} px"
        assert _violations(page) == [], f"at {width} px"
    page.set_viewport_size({"width": WIDE, "height": 900})


@pytest.fixture
def assert_accessible(page: Page) -> Callable[[], None]:
    """``assert_accessible()`` checks the page with axe, wide and narrow; nothing may run off the side."""
    return partial(check_accessibility, page)


@pytest.fixture
def own_context(chromium: Browser, portal: LiveServer, contributor: User) -> Iterator[Callable[..., Page]]:
    """``own_context(...)`` opens a page of a browser of its own, signed in as the contributor."""
    contexts: list[BrowserContext] = []

    def _open(user: User = contributor, **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        context = chromium.new_context(base_url=portal.url, locale="de-DE", **options)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        contexts.append(context)
        return context.new_page()

    yield _open
    for context in contexts:
        context.close()
