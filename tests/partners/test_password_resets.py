"""A link to a new password arrives though the queue was down; no answer tells whether there is an account."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from partners.models import OutgoingMail, PasswordResetRequest
from partners.services import password_resets
from partners.tasks import send_mails
from tests.factories import UserFactory
from tests.queues import DEAD, broker, sending_to

pytestmark = pytest.mark.django_db
ORIGIN = "https://portal.example.org"


def ask(client, email):
    with CaptureQueriesContext(connection) as queries:
        response = client.post(reverse("account_reset_password"), {"email": email})
    return response.status_code, response.headers["Location"], len(queries)


def request(email, language="de"):
    password_resets.request(email=email, origin=ORIGIN, language=language)


def test_request_does_the_same_for_every_address(client):
    known, unknown = UserFactory().email, "stranger@example.org"
    ask(client, unknown)  # begins the session

    assert ask(client, known) == ask(client, unknown)
    assert PasswordResetRequest.objects.count() == 3
    assert not OutgoingMail.objects.exists()


def test_request_made_while_the_queue_is_down_is_answered_once(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    user = UserFactory()
    with sending_to(DEAD), django_capture_on_commit_callbacks(execute=True):
        answers = {ask(client, email)[:2] for email in (user.email, "stranger@example.org")}
    assert len(answers) == 1
    assert mailoutbox == []

    send_mails()  # as beat does every minute
    send_mails()

    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert not PasswordResetRequest.objects.exists()


def test_request_survives_a_queue_that_loses_its_memory(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    user = UserFactory()
    with broker() as messages:
        with django_capture_on_commit_callbacks(execute=True):
            ask(client, user.email)
        assert messages.count("mail") == 1
        messages.forget_everything()

    send_mails()

    assert [mail.to for mail in mailoutbox] == [[user.email]]


def test_token_is_kept_nowhere_once_the_mail_has_left(mailoutbox):
    request(UserFactory().email)

    send_mails()

    link = re.search(rf"{ORIGIN}/\S+", mailoutbox[0].body)[0]
    assert OutgoingMail.objects.get().body == ""
    assert link


@pytest.mark.parametrize(("language", "greeting"), [("de", "Guten Tag,"), ("en", "Good day,")])
def test_worker_sends_the_link_in_the_language_it_was_asked_for_in(client, mailoutbox, language, greeting):
    request(UserFactory().email.upper(), language)

    with translation.override(None):
        send_mails()

    (message,) = mailoutbox
    assert message.body.startswith(greeting)
    link = re.search(rf"{re.escape(ORIGIN)}(/\S+)", message.body)[1]
    assert client.get(link).status_code == 302


def test_link_goes_to_confirmed_addresses_alone(mailoutbox):
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="elsewhere@example.org", verified=False)
    request("elsewhere@example.org")
    request(user.email)

    send_mails()

    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert not PasswordResetRequest.objects.exists()


def test_mail_with_a_link_expires_with_the_link():
    request(UserFactory().email)

    password_resets.answer_all()

    mail = OutgoingMail.objects.get()
    works_for = (mail.expires_at - mail.created_at).total_seconds()
    assert works_for == pytest.approx(settings.PASSWORD_RESET_TIMEOUT, abs=5)


def test_request_that_nobody_waits_for_any_more_is_forgotten(mailoutbox):
    request(UserFactory().email)
    PasswordResetRequest.objects.update(created_at=timezone.now() - dt.timedelta(days=1))

    send_mails()

    assert mailoutbox == []
    assert not PasswordResetRequest.objects.exists()


def test_request_that_fails_is_kept_and_holds_up_no_other(mailoutbox, monkeypatch, caplog):
    broken, sound = UserFactory().email, UserFactory().email
    request(broken)
    request(sound)
    write = password_resets._write

    def fail_for_one(*, email, origin):
        if email == broken:
            raise ZeroDivisionError
        return write(email=email, origin=origin)

    monkeypatch.setattr(password_resets, "_write", fail_for_one)
    send_mails()

    assert [mail.to for mail in mailoutbox] == [[sound]]
    assert [left.email for left in PasswordResetRequest.objects.all()] == [broken]
    assert "could not be answered" in caplog.text
