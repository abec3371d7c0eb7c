"""A person's calendar: private, revocable, of what they may see, and right to the minute."""

import datetime as dt
import logging

import pytest
from django.urls import reverse
from icalendar import Calendar

from alliance_portal.log_filter import without_tokens
from measures.models import CalendarFeed, Meeting, Resolution
from measures.services.meetings.feeds import create_feed, revoke_feed
from partners.models import Membership
from tests.factories import MembershipFactory, UserFactory
from tests.measures.meetings.making import decided, make_commitment, make_meeting, steward, works_for
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db

HIDDEN = {"audience": "participants"}


def address_of(user, language="de"):
    return reverse("measures:calendar_file", args=[language, create_feed(user=user)])


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(each["SUMMARY"]): each for each in found if str(each["UID"]) not in starting_data()}


def starting_data():
    return {
        str(uid)
        for model in (Meeting, Resolution)
        for uid in model.objects.exclude(code=None).values_list("uid", flat=True)
    }


def test_meeting_stands_at_its_time_in_berlin(client):
    meeting = make_meeting(
        day=dt.date(2030, 7, 1), begins=dt.time(10, 0), ends=dt.time(12, 30), place="Berlin", agenda="TOP 1"
    )

    [event] = events(client, address_of(works_for("DIHK"))).values()

    assert event["DTSTART"].dt == dt.datetime(2030, 7, 1, 8, 0, tzinfo=dt.UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt == dt.datetime(2030, 7, 1, 10, 30, tzinfo=dt.UTC)
    assert (event["LOCATION"], event["DESCRIPTION"], event["STATUS"]) == ("Berlin", "TOP 1", "CONFIRMED")
    assert event["URL"] == f"http://testserver/sitzungen/{meeting.pk}/"
    assert event["DTSTAMP"].dt == meeting.changed_at.replace(microsecond=0)


def test_calendar_brings_the_rules_of_its_time_zone(client):
    make_meeting(begins=dt.time(10, 0))

    content = client.get(address_of(works_for("DIHK"))).content

    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in content
    assert content == client.get(address_of(works_for("DIHK"))).content


def test_change_keeps_the_uid_and_raises_the_sequence(client):
    meeting = make_meeting()
    address = address_of(works_for("DIHK"))
    [before] = events(client, address).values()

    Meeting.objects.filter(pk=meeting.pk).update(is_cancelled=True)

    [after] = events(client, address).values()
    assert before["UID"] == after["UID"] == str(meeting.uid)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_whole_days_and_due_dates_of_open_commitments(client):
    given = {"meeting": make_meeting(), "due_on": dt.date(2030, 9, 30)}
    due = make_commitment(title_de="Plätze melden", **given)
    make_commitment("ZDH", title_de="Fremdes", **given)
    address = address_of(works_for("DIHK"))

    found = events(client, address)
    assert set(found) == {"Spitzentreffen", "Fällig: Plätze melden"}
    assert found["Fällig: Plätze melden"]["DTSTART"].dt == dt.date(2030, 9, 30)
    assert found["Spitzentreffen"]["DTEND"].dt == dt.date(2030, 4, 4)

    decided(due, steward())
    assert set(events(client, address)) == {"Spitzentreffen"}


def test_calendar_has_what_its_person_sees_now(client):
    user = MembershipFactory(organisation_code="DIHK", valid_from="2020-01-01").user
    make_meeting("DIHK", title_de="Mit uns", **HIDDEN)
    make_meeting("ZDH", title_de="Ohne uns", **HIDDEN)
    make_meeting(title_de="Für alle")
    address = address_of(user)

    assert set(events(client, address)) == {"Mit uns", "Für alle"}
    Membership.objects.filter(user=user).update(valid_until="2020-12-31")
    assert set(events(client, address)) == set()


def test_calendar_speaks_the_language_of_its_address(client):
    make_commitment(due_on=dt.date(2030, 9, 30), title_de="Plätze", title_en="Places")

    assert "Due: Places" in events(client, address_of(works_for("DIHK"), "en"))


def test_address_that_was_revoked_replaced_or_invented_leads_nowhere(client):
    user = works_for("DIHK")
    first = address_of(user)
    second = address_of(user)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200

    assert revoke_feed(user=user)
    assert client.get(second).status_code == 404
    assert client.get(reverse("measures:calendar_file", args=["de", "abc:def"])).status_code == 404
    assert client.get(address_of(user, "xx")).status_code == 404


def test_address_of_somebody_who_is_no_longer_active_leads_nowhere(client):
    user = works_for("DIHK")
    address = address_of(user)
    user.is_active = False
    user.save()

    assert client.get(address).status_code == 404


def test_invented_addresses_do_not_reach_the_database(client):
    with exactly_queries(3):  # the transaction around every reading request, and nothing in it
        client.get(reverse("measures:calendar_file", args=["de", "abc:def"]))


def test_address_is_shown_once_and_kept_as_a_hash_alone(client):
    user = works_for("DIHK")
    client.force_login(user)
    page = reverse("measures:calendar")

    shown = client.post(page).context["address"]

    assert shown.startswith("http://testserver/kalender/de/")
    assert client.get(page).context["address"] == ""
    key = shown.rpartition("/")[2].partition(":")[0].partition("%3A")[0]
    assert key not in CalendarFeed.objects.get(user=user).key_hash
    client.post(reverse("measures:calendar_revoke"))
    assert not CalendarFeed.objects.exists()


def test_address_does_not_stand_in_the_logs(client, caplog):
    address = f"{address_of(UserFactory())}x"
    token = address.rpartition("/")[2]

    with caplog.at_level(logging.INFO):
        client.get(address)

    assert token not in caplog.text
    assert without_tokens(f"GET {address} 200") == "GET /kalender/de/… 200"


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_asks_the_database_as_often_for_many(client, count):
    for _ in range(count):
        make_commitment(due_on=dt.date(2030, 9, 30))
    address = address_of(works_for("DIHK"))

    with exactly_queries(7):
        client.get(address)
