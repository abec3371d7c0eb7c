"""The page of one's notices, what comes by mail, and doing without by a link."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from alliance_portal.log_filter import without_tokens
from partners.models import (
    Membership,
    Notice,
    NoticeDigest,
    NoticeOptOut,
    Organisation,
    OutgoingMail,
    User,
)
from partners.notices.kinds import all_kinds
from partners.selectors.digests import MOST_OF_A_GROUP, digest_body, line_of
from partners.selectors.notice_groups import SHOWN
from partners.services import mails
from partners.services.notices.digests import write_digests
from partners.services.notices.keeping import remove_old
from partners.services.notices.unsubscribing import unsubscribe_token
from partners.services.notices.writing import NewNotice, write_notices
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
LIST = "/mitteilungen/"
PREFERENCES = "/mitteilungen/einstellungen/"
FACTS = {"organisation": "IHK Köln", "year": 2030, "actor": "Kim Muster"}


@pytest.fixture
def clerk(sign_in) -> User:
    return sign_in("contributor", "IHK-142")


def notice(person: User, key: str = "step:1", kind: str = "approved", **more) -> Notice:
    cologne = Organisation.objects.get(code="IHK-142")
    write_notices([NewNotice(kind, key, "/erfassung/", [person.pk], dict(FACTS), cologne.pk, **more)])
    return Notice.objects.get(person=person, key=key)


def test_list_shows_ones_own_and_its_counter_falls_as_they_are_read(client, clerk):
    first, _second = notice(clerk), notice(clerk, "step:2", "endorsed")
    notice(MembershipFactory(organisation_code="IHK-142").user)
    page = client.get(LIST).content.decode()
    assert page.count("portal-notice--unread") == 2
    assert 'portal-notices__count">2' in page

    answer = client.post(reverse("partners:notice_open", args=[first.pk]))

    assert answer.url == "/erfassung/"
    page = client.get(LIST).content.decode()
    assert page.count("portal-notice--unread") == 1
    assert 'portal-notices__count">1' in page
    client.post("/mitteilungen/alle-gelesen/")
    assert "portal-notices__count" not in client.get(LIST).content.decode()


def test_notices_of_one_kind_and_round_are_one_group_that_unfolds(client, clerk):
    for number in range(SHOWN + 2):
        notice(clerk, f"step:{number}")
    other = notice(clerk, "step:other", "endorsed")
    group = {"kind": "approved", "year": "2030"}

    page = client.get(LIST)
    text = page.content.decode()

    assert [(each.key.kind, each.count, each.unread) for each in page.context["groups"]] == [
        ("endorsed", 1, 1),
        ("approved", SHOWN + 2, SHOWN + 2),
    ]
    assert text.count("portal-notice--unread") == SHOWN + 1
    assert 'portal-notices__count">2' in text
    assert "Eine Meldung ist freigegeben, 2030:" in text
    assert len(client.get(LIST, group).context["notices"]) == SHOWN + 2
    client.post(reverse("partners:notices_read"), group)
    assert list(Notice.objects.unread().filter(person=clerk)) == [other]


def test_list_takes_the_same_queries_for_one_group_and_for_three(client, clerk):
    kinds = ("approved", "endorsed", "returned")
    notice(clerk)
    client.get(LIST)
    with CaptureQueriesContext(connection) as of_one:
        client.get(LIST)
    for kind in kinds:
        for number in range(3):
            notice(clerk, f"{kind}:{number}", kind)

    with CaptureQueriesContext(connection) as of_three:
        client.get(LIST)

    assert len(of_three) == len(of_one)


def test_mail_names_a_group_once_with_its_first_notices(clerk):
    for number in range(MOST_OF_A_GROUP + 3):
        notice(clerk, f"step:{number}")
    notice(clerk, "step:other", "endorsed")

    lines = [line_of(each.kind, each.facts, each.address) for each in Notice.objects.order_by("pk")]
    with translation.override("de"):
        body = digest_body(lines, is_switchable=True)

    assert f"– Eine Meldung ist freigegeben, 2030: {MOST_OF_A_GROUP + 3}" in body
    assert body.count("Kim Muster hat die Meldung 2030 von IHK Köln freigegeben") == MOST_OF_A_GROUP
    assert "3 weitere:" in body
    assert "?kind=approved&year=2030" in body
    assert body.count("\n– ") == 2


def test_list_of_the_unread_stays_where_one_is_only_marked(client, clerk):
    one = notice(clerk)

    answer = client.post(reverse("partners:notice_open", args=[one.pk]) + "?show=unread", {"then": "stay"})

    assert answer.url == f"{LIST}?show=unread"
    assert "portal-notice--" not in client.get(answer.url).content.decode()


def test_notices_of_others_do_not_exist(client, clerk):
    foreign = notice(MembershipFactory(organisation_code="IHK-142").user)

    assert client.post(reverse("partners:notice_open", args=[foreign.pk])).status_code == 404
    client.post("/mitteilungen/alle-gelesen/")
    foreign.refresh_from_db()
    assert not foreign.is_read


def test_notice_about_what_one_sees_no_more_says_and_opens_nothing(client, clerk):
    one = notice(clerk)
    Membership.objects.filter(user=clerk).update(organisation=Organisation.objects.get(code="HWK-00032"))
    client.force_login(clerk)

    page = client.get(LIST).content.decode()

    assert "IHK Köln" not in page
    assert "Kim Muster hat" not in page
    assert client.post(reverse("partners:notice_open", args=[one.pk])).url == LIST


def test_same_thing_is_written_once_per_person_and_leads_into_the_portal(clerk):
    notice(clerk)
    notice(clerk)
    assert Notice.objects.count() == 1

    for address in ("https://example.org/", "//example.org/"):
        one = [NewNotice("approved", "step:9", address, [clerk.pk])]
        with pytest.raises(IntegrityError, match="notice_leads_into_the_portal"), transaction.atomic():
            write_notices(one)


def test_preferences_are_kept_and_what_is_due_is_no_choice(client, clerk):
    page = client.get(PREFERENCES).content.decode()
    assert 'value="approved"' in page
    assert 'value="due"' not in page
    assert "Eine Meldung ist fällig" in page

    client.post(PREFERENCES, {"language": "en", "by_mail": ["approved", "returned"]})
    client.post(PREFERENCES, {"language": "en", "by_mail": ["approved"]})

    unwanted = set(NoticeOptOut.objects.filter(person=clerk).values_list("kind", flat=True))
    optional = {kind.code for kind in all_kinds() if not kind.is_mandatory}
    assert unwanted == optional - {"approved"}
    clerk.refresh_from_db()
    assert clerk.language == "en"
    assert client.post(PREFERENCES, {"language": "fr"}).status_code == 422


def test_mails_follow_the_language_in_which_one_reads(client, clerk):
    client.post("/sprache/", {"language": "en", "next": "/"})
    clerk.refresh_from_db()
    assert clerk.language == "en"

    client.post("/sprache/", {"language": "xx", "next": "/"})
    clerk.refresh_from_db()
    assert clerk.language == "en"


def test_link_asks_before_it_does_anything_and_a_wrong_one_leads_nowhere(client, clerk):
    address = reverse("partners:notice_unsubscribe", args=[unsubscribe_token(clerk.pk)])
    client.logout()

    assert client.get(address).status_code == 200
    assert not NoticeOptOut.objects.exists()
    assert client.post(address).status_code == 200
    assert NoticeOptOut.objects.filter(person=clerk, kind="approved").exists()
    assert not NoticeOptOut.objects.filter(kind="due").exists()
    assert client.get(address[:-2] + "x/").status_code == 404
    assert unsubscribe_token(clerk.pk) not in without_tokens(f"GET {address} HTTP/1.1")


def test_link_of_somebody_who_is_no_longer_active_or_there_leads_nowhere(client, clerk):
    tokens = [unsubscribe_token(clerk.pk), unsubscribe_token(2_000_000_000)]
    addresses = [reverse("partners:notice_unsubscribe", args=[token]) for token in tokens]
    client.logout()
    clerk.is_active = False
    clerk.save()

    for address in addresses:
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert not NoticeOptOut.objects.exists()


def test_digest_of_a_day_is_unique_and_never_changes(clerk):
    day = dt.date(2030, 1, 1)
    digest = NoticeDigest.objects.create(person=clerk, day=day, address=clerk.email, notice_count=1)
    with pytest.raises(IntegrityError, match="notice_digest_one_a_day"), transaction.atomic():
        NoticeDigest.objects.create(person=clerk, day=day, address=clerk.email, notice_count=1)
    with pytest.raises(Exception, match="never_changes"), transaction.atomic():
        NoticeDigest.objects.filter(pk=digest.pk).update(notice_count=2)


def test_notices_and_the_log_of_their_mails_are_kept_for_a_year(clerk):
    old, new = notice(clerk), notice(clerk, "step:2")
    Notice.objects.filter(pk=old.pk).update(at=timezone.now() - dt.timedelta(days=366))
    long_ago = timezone.now() - dt.timedelta(days=400)
    NoticeDigest.objects.create(
        person=clerk, day=long_ago.date(), at=long_ago, address=clerk.email, notice_count=1
    )

    remove_old()

    assert list(Notice.objects.all()) == [new]
    assert not NoticeDigest.objects.exists()


def test_mail_with_notices_is_not_sent_to_somebody_deactivated_meanwhile(clerk, mailoutbox):
    digest = NoticeDigest.objects.create(person=clerk, day="2030-01-01", address=clerk.email, notice_count=1)
    mails.write(recipient=clerk.email, subject="Eine Mitteilung", body="Freigegeben", digest=digest)
    clerk.is_active = False
    clerk.save()

    mails.send_due()

    assert mailoutbox == []
    left = OutgoingMail.objects.get(digest=digest)
    assert (left.problem, left.body, left.next_try_at) == ("expired", "", None)


def test_mail_that_cannot_be_written_holds_up_no_other(clerk, mailoutbox):
    other = MembershipFactory(organisation_code="IHK-142").user
    broken, right = notice(clerk), notice(other)
    Notice.objects.filter(pk=broken.pk).update(facts={})
    tomorrow = dt.datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=8) + dt.timedelta(days=1)

    assert write_digests(tomorrow) == 1
    right.refresh_from_db()
    broken.refresh_from_db()
    assert (right.awaits_mail, broken.awaits_mail) == (False, True)
