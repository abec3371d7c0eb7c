"""A dashboard is kept while nothing in the database has changed, for readers who see the same."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from reporting.views import kept
from reporting.views.kept import KeptContents, ShownContent, state_of_database
from tests.factories import MembershipFactory
from tests.queries import exactly_queries
from tests.reporting.dashboards.world import KOELN, address, fill
from tests.reporting.stated import approve, state

pytestmark = pytest.mark.django_db

FRAME = 6
"""Statements of a kept page: its person, their rights, and the transaction; the state is named here."""


@pytest.fixture
def state_named(settings, monkeypatch):
    """The state of the database, to be named by the test: its own transaction has written."""
    settings.DASHBOARDS_KEPT = 3
    monkeypatch.setattr(kept, "_KEPT", KeptContents())
    named = ["first"]
    monkeypatch.setattr(kept, "state_of_database", lambda: (named[0], "", "") if named[0] else None)
    return named


def test_state_is_another_one_after_whatever_was_written_and_the_same_before():
    def read():
        try:
            same = any(state_of_database() == state_of_database() for _ in range(100))
            before = state_of_database()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")  # what each transaction gets that writes
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
                own = state_of_database()
            return same, before, state_of_database(), own
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        same, before, after, own = other.submit(read).result()

    assert same
    assert None not in (before, after)
    assert before != after
    assert own is None


def test_page_is_made_once_in_a_state_and_anew_in_the_next(client, sign_in, state_named):
    fill()
    sign_in("reviewer", "BMAS")
    first = client.get(address("overview", "?year=2016"))
    state("IHK-112", "additional_places", 2016, 987_654)
    approve("IHK-112", year=2016)

    with exactly_queries(FRAME):
        again = client.get(address("overview", "?year=2016"))
    state_named[0] = "second"
    anew = client.get(address("overview", "?year=2016")).content.decode()

    assert again.context["content"] is first.context["content"]
    assert {"forms/field.html", "partials/_footer.html"}.isdisjoint(each.name for each in again.templates)
    assert "987.804" not in again.content.decode()
    assert "987.804" in anew


def test_page_is_kept_for_its_readers_alone(client, sign_in, state_named):
    """Another language, another address and a reader who sees others get their own."""
    fill()
    sign_in("reviewer", "BMAS")
    of_reviewers = client.get(address("offers", "?year=2016")).context["content"]
    contributor = Client()
    contributor.force_login(MembershipFactory(role="contributor", organisation_code=KOELN).user)

    assert contributor.get(address("offers", "?year=2016")).context["content"] != of_reviewers
    english = client.get(address("offers", "?year=2016"), headers={"accept-language": "en"})
    assert "Three offers" in english.context["content"].html
    assert client.get(address("offers", "?year=2015")).context["content"] != of_reviewers


def test_nothing_is_kept_that_was_made_while_something_changed(state_named):
    contents, made = KeptContents(), []

    def make(html: str, *, changes: bool = False) -> str:
        def making() -> ShownContent:
            made.append(html)
            if changes:
                state_named[0] = "changed"
            return ShownContent(html=html, query="", save_fields=html)

        return contents.get(lambda: state_named[0] or None, making, most=3).html

    assert make("one", changes=True) == "one"
    state_named[0] = "first"
    assert make("two") == "two"
    assert make("three") == "two"
    state_named[0] = ""
    assert make("four") == "four"
    assert made == ["one", "two", "four"]
