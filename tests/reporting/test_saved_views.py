"""Views that people keep: on their start page, and as a link by mail until they no longer may see it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partners.models import Affiliation, Membership, OutgoingMail, User
from partners.permissions import access_for
from reporting.enums import SendingInterval
from reporting.models import SavedView
from reporting.selectors.saved_views import MOST_VIEWS
from reporting.selectors.start import ASIDE, sections
from reporting.services.saved_views import change_view, next_day, save_view, send_due_views
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

KOELN = "IHK-142"
MONDAY = dt.date(2026, 11, 30)


def keep(user: User, name: str = "Köln", query: str = f"?organisation={KOELN}", **sent) -> SavedView:
    saved = save_view(person=user, name=name, view="offers", query=query)
    if sent:
        SavedView.objects.filter(pk=saved.pk).update(**sent)
        saved.refresh_from_db()
    return saved


def weekly(user: User, **more) -> SavedView:
    return keep(user, interval=SendingInterval.WEEKLY, next_on=MONDAY, **more)


@pytest.fixture
def member() -> User:
    return MembershipFactory(role="contributor", organisation_code=KOELN).user


def pinned(user: User) -> list[tuple[str, str]]:
    found = [each for each in sections(ASIDE, access_for(user)) if each.key == "saved-views"]
    return [(entry.title, entry.url) for each in found for entry in each.entries]


def test_a_view_is_kept_with_the_filters_it_shows_and_always_for_the_newest_year(client, sign_in):
    user = sign_in("contributor", KOELN)
    address = reverse("reporting:saved_view_create", args=["mismatch"])

    client.post(f"{address}?year=2016&region=05&q=5&neighbours=own&nonsense=1", {"name": "NRW"})

    assert pinned(user) == [("NRW", "/auswertungen/mismatch/?region=05&q=5")]
    client.post(f"{address}?year=2016&region=05", {"name": "NRW 2016", "keeps_year": "on"})
    assert ("NRW 2016", "/auswertungen/mismatch/?year=2016&region=05") in pinned(user)


def test_a_name_is_given_once_and_fifty_views_are_enough(client, sign_in, member):
    user = sign_in("contributor", KOELN)
    keep(user)
    address = reverse("reporting:saved_view_create", args=["offers"])

    again = client.post(address, {"name": "Köln"}, follow=True)
    keep(member)  # somebody else may use the name

    assert SavedView.objects.filter(person=user).count() == 1
    assert [str(each) for each in again.context["messages"]] == [
        "Sie haben bereits eine Ansicht unter diesem Namen gespeichert."
    ]
    SavedView.objects.bulk_create(
        SavedView(person=user, name=str(number), view="offers") for number in range(MOST_VIEWS - 1)
    )
    client.post(address, {"name": "one more"})
    assert SavedView.objects.filter(person=user).count() == MOST_VIEWS


def test_pinning_and_mails_are_changed_in_the_list_and_deleting_ends_both(client, sign_in):
    saved = keep(sign_in("contributor", KOELN))
    here, prefix = reverse("reporting:saved_view_change", args=[saved.pk]), f"view-{saved.pk}"

    client.post(here, {f"{prefix}-name": "Ours", f"{prefix}-interval": "monthly"})

    saved.refresh_from_db()
    assert (saved.name, saved.is_pinned, saved.interval) == ("Ours", False, "monthly")
    assert saved.next_on.day == 1
    assert pinned(saved.person) == []
    nameless = client.post(here, {f"{prefix}-name": ""})
    assert nameless.status_code == 422
    client.post(reverse("reporting:saved_view_delete", args=[saved.pk]))
    assert not SavedView.objects.exists()


def test_nobody_reaches_the_views_of_others(client, sign_in, member):
    saved = keep(member)
    sign_in("data_steward", "BMAS")

    assert "Köln" not in client.get(reverse("reporting:saved_view_list")).content.decode()
    for name in ("saved_view_change", "saved_view_delete"):
        assert client.post(reverse(f"reporting:{name}", args=[saved.pk])).status_code == 404
    assert SavedView.objects.filter(pk=saved.pk).exists()


def test_a_foreign_organisation_cannot_be_kept(client, sign_in):
    sign_in("contributor", KOELN)

    address = reverse("reporting:saved_view_create", args=["offers"])

    assert client.post(f"{address}?organisation=IHK-101", {"name": "Aachen"}).status_code == 404
    assert not SavedView.objects.exists()


def test_the_link_is_written_in_the_persons_language_and_the_next_day_is_set(member, settings):
    settings.PORTAL_ADDRESS = "https://portal.example"
    User.objects.filter(pk=member.pk).update(language="en")
    saved = weekly(member)

    assert send_due_views(MONDAY - dt.timedelta(days=1)) == 0
    assert send_due_views(MONDAY) == 1

    mail = OutgoingMail.objects.get()
    assert mail.recipient == member.email
    assert mail.subject.endswith("Your view: Köln")
    assert f"https://portal.example/auswertungen/offers/?organisation={KOELN}" in mail.body
    assert "every week, on Monday" in mail.body
    saved.refresh_from_db()
    assert (saved.sent_on, saved.next_on) == (MONDAY, MONDAY + dt.timedelta(days=7))


def test_what_was_missed_is_sent_once(member):
    weekly(member)

    late = MONDAY + dt.timedelta(days=23)

    assert [send_due_views(late), send_due_views(late)] == [1, 0]
    assert SavedView.objects.get().next_on == MONDAY + dt.timedelta(days=28)


def _leave(user: User) -> None:
    Membership.objects.filter(user=user).delete()


def _go_to_aachen(user: User) -> None:
    _leave(user)
    MembershipFactory(user=user, role="contributor", organisation_code="IHK-101")


def _be_deactivated(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


@pytest.mark.parametrize("loses", [_leave, _go_to_aachen, _be_deactivated])
def test_mails_end_when_the_right_is_lost(member, loses):
    saved = weekly(member)
    loses(member)

    assert send_due_views(MONDAY) == 0

    saved.refresh_from_db()
    assert (saved.interval, saved.next_on, saved.ended_on) == ("", None, MONDAY)
    assert not OutgoingMail.objects.exists()


def test_a_view_of_the_whole_alliance_stays_open_to_whoever_changes_the_chamber(member):
    weekly(member, query="")
    _go_to_aachen(member)

    assert send_due_views(MONDAY) == 1


def test_mails_of_an_umbrella_end_when_it_does_not_open_for_the_year_shown():
    """Of a chamber that has left it since, the coordinator sees nothing any more."""
    coordinator = MembershipFactory(role="coordinator", organisation_code="DIHK").user
    weekly(coordinator, query="?organisation=DIHK")
    assert send_due_views(MONDAY) == 1

    Affiliation.objects.filter(member__code=KOELN).update(valid_until=dt.date(2024, 12, 31))

    assert send_due_views(MONDAY + dt.timedelta(days=7)) == 0


def test_a_view_that_there_is_no_longer_is_neither_shown_nor_sent(member):
    weekly(member)
    SavedView.objects.update(view="gone")

    assert pinned(member) == []
    assert send_due_views(MONDAY) == 0


def test_mails_begun_again_are_no_longer_ended(member):
    saved = keep(member, ended_on=MONDAY)

    change_view(saved_id=saved.pk, name="Köln", is_pinned=True, interval=SendingInterval.WEEKLY)

    saved.refresh_from_db()
    assert (saved.ended_on, saved.next_on.weekday()) == (None, 0)


@pytest.mark.parametrize(
    ("interval", "after", "expected"),
    [
        (SendingInterval.WEEKLY, dt.date(2026, 11, 29), MONDAY),
        (SendingInterval.WEEKLY, MONDAY, dt.date(2026, 12, 7)),
        (SendingInterval.MONTHLY, dt.date(2026, 1, 31), dt.date(2026, 2, 1)),
        (SendingInterval.MONTHLY, dt.date(2026, 12, 1), dt.date(2027, 1, 1)),
        (SendingInterval.NEVER, MONDAY, None),
    ],
)
def test_the_next_day_is_the_next_monday_or_first_of_a_month(interval, after, expected):
    assert next_day(interval, after) == expected


@pytest.mark.parametrize(
    "broken", [{"interval": "hourly"}, {"interval": "weekly"}, {"next_on": MONDAY}], ids=str
)
def test_the_database_keeps_interval_and_next_day_together(member, broken):
    saved = keep(member)

    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=saved.pk).update(**broken)
