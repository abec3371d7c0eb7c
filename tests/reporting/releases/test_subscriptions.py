"""Mails about releases: confirmed from the address itself, ended by one click, nothing kept after that."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from partners.models import OutgoingMail
from reporting import tasks
from reporting.models import ProgressReport, Subscriber
from reporting.services.release import withdraw_report
from reporting.services.releases import announcements
from reporting.services.releases.announcements import note_announcement, write_announcements
from reporting.services.releases.subscriptions import remove_unconfirmed
from tests.factories import UserFactory
from tests.list_pages import another_report, released

EMAIL = "leserin@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


def subscribe(client, email=EMAIL):
    return client.post(reverse("public:subscription"), {"email": email})


def link_in(mail, part) -> str:
    return re.search(rf"https?://[^/]+(/de/berichte/{part}/\S+)", mail.body).group(1)


def confirmed(client) -> Subscriber:
    subscribe(client)
    client.post(link_in(OutgoingMail.objects.last(), "abonnieren"))
    return Subscriber.objects.get()


def test_address_that_is_being_typed_goes_into_another_language(client):
    button = re.search(
        r'form="subscription-form"\s+formaction="([^"]+)"',
        client.get(reverse("public:subscription")).content.decode(),
    )

    page = client.post(button[1], {"email": EMAIL, "language": "en"})

    assert (page.status_code, page.wsgi_request.LANGUAGE_CODE) == (200, "en")
    assert page.context["form"]["email"].value() == EMAIL
    assert not Subscriber.objects.exists()


def test_an_address_is_asked_and_gets_mails_once_it_has_confirmed(client, report):
    subscribe(client)
    released(report)
    write_announcements()
    assert OutgoingMail.objects.count() == 1  # the question, and nothing about the report

    address = link_in(OutgoingMail.objects.get(), "abonnieren")
    assert EMAIL in client.get(address).content.decode()
    assert Subscriber.objects.get().confirmed_at is None  # programs that look at mails open links
    client.post(address)
    assert Subscriber.objects.get().confirmed_at is not None

    released(another_report(report))
    write_announcements()
    mail = OutgoingMail.objects.last()
    assert "wurde veröffentlicht" in mail.body
    assert mail.recipient == EMAIL


def test_one_click_ends_the_mails_and_deletes_the_address(client, report):
    confirmed(client)
    released(report)
    write_announcements()
    headers = OutgoingMail.objects.last().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<https?://[^/]+(\S+)>", headers["List-Unsubscribe"]).group(1)

    assert client.get(address).status_code == 200
    assert Subscriber.objects.exists()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()
    assert client.post(address).status_code == 200  # a second click is no error


def test_the_answer_says_nothing_about_who_gets_the_mails(client):
    first = subscribe(client).content
    confirmed_already = confirmed(client)
    again = subscribe(client, confirmed_already.email.upper()).content

    assert _without_tokens(first) == _without_tokens(again)
    assert OutgoingMail.objects.count() == 1


def _without_tokens(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_an_address_gets_one_question_an_hour(client):
    for _ in range(3):
        subscribe(client)
    assert OutgoingMail.objects.count() == 1

    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(hours=2))
    subscribe(client)
    assert OutgoingMail.objects.count() == 2


def test_from_one_place_only_so_many_addresses_are_asked(client):
    answers = [subscribe(client, f"reader{number}@example.org").status_code for number in range(21)]

    assert answers == [200] * 20 + [429]
    assert Subscriber.objects.count() == 20


def test_a_link_confirms_for_a_week_and_only_the_last_one_does(client):
    subscribe(client)
    former = link_in(OutgoingMail.objects.last(), "abonnieren")
    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(hours=2))
    subscribe(client)

    assert client.post(former).status_code == 404
    assert client.post(link_in(OutgoingMail.objects.last(), "abonnieren")).status_code == 200


def test_addresses_that_do_not_answer_are_forgotten(client):
    subscribe(client)
    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(days=8))

    assert remove_unconfirmed() == 1
    confirmed(client)
    Subscriber.objects.update(asked_at=timezone.now() - dt.timedelta(days=800))
    assert remove_unconfirmed() == 0


def test_what_is_no_address_is_asked_for_again(client):
    answer = subscribe(client, "nobody")

    assert answer.status_code == 422
    assert not Subscriber.objects.exists()


def test_reports_of_a_part_of_the_alliance_cause_no_mails(client, report):
    confirmed(client)
    ProgressReport.objects.filter(pk=report.pk).update(report_type="umbrella", scope="BA")
    report.refresh_from_db()
    before = OutgoingMail.objects.count()

    note_announcement(report)
    write_announcements()

    assert OutgoingMail.objects.count() == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_release_writes_no_mails_itself_and_a_worker_writes_all_at_once(
    report, count, django_assert_num_queries
):
    Subscriber.objects.bulk_create(
        Subscriber(email=f"{language}{number}@example.org", language=language, confirmed_at=timezone.now())
        for number in range(count)
        for language in ("de", "en")
        if language == "de" or number == 0
    )
    released(report)
    assert not OutgoingMail.objects.exists()

    with django_assert_num_queries(8):
        assert write_announcements() == count + 1
    assert write_announcements() == 0


def test_who_publishes_what_is_due_leaves_the_mails_to_those_who_sign_links(client, report, monkeypatch):
    confirmed(client)
    released(report)
    asked = []
    monkeypatch.setattr(tasks.announce_releases, "delay", lambda: asked.append("announce_releases"))

    tasks.publish_due_reports()

    assert asked == ["announce_releases"]
    assert write_announcements() == 1


def test_an_announcement_that_cannot_be_written_holds_up_no_other(client, report, monkeypatch):
    confirmed(client)
    released(report)
    withdraw_report(report_id=report.pk, actor=UserFactory(), reason_de="x", reason_en="Withdrawn because")
    real = announcements.mail_for

    def mail_unless_release(subscriber, title, template, context):
        return real(subscriber, title, template, context) if context["is_withdrawn"] else 1 // 0

    monkeypatch.setattr(announcements, "mail_for", mail_unless_release)
    assert write_announcements() == 1
    assert "wurde zurückgezogen" in OutgoingMail.objects.last().body
    monkeypatch.undo()
    assert write_announcements() == 1


@pytest.mark.parametrize("name", ["subscription_confirm", "subscription_end"])
def test_a_link_of_nobody_is_not_found(client, name):
    assert client.post(reverse(f"public:{name}", args=["unknown"])).status_code == 404
