"""Mails leave by the worker: no answer depends on the mail server, and what cannot be sent is tried again."""

import datetime as dt
import re
import socketserver
import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueError

from alliance_portal.celery import app
from partners.enums import MailProblem
from partners.models import OutgoingMail
from partners.services import mails
from partners.tasks import send_password_reset
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return mails.write(recipient="ada@example.org", subject="Hello", body="https://portal/secret")


@pytest.fixture
def no_mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


class _Refusing(socketserver.StreamRequestHandler):
    """A mail server that takes nobody's mail."""

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            self.wfile.write(b"550 unknown\r\n" if command == b"RCPT" else b"250 ok\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def refusing_mail_server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Refusing) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield
        server.shutdown()


def test_mail_that_has_left_keeps_no_text(letter, mailoutbox):
    assert mails.send_due() == 1

    letter.refresh_from_db()
    assert [(mail.to, mail.body) for mail in mailoutbox] == [(["ada@example.org"], "https://portal/secret")]
    assert letter.sent_at is not None
    assert letter.body == ""
    assert mails.send_due() == 0


@pytest.mark.usefixtures("no_mail_server")
def test_mail_waits_for_a_server_that_is_away(letter, settings, mailoutbox):
    assert mails.send_due() == 0

    letter.refresh_from_db()
    assert (letter.problem, letter.tries) == (MailProblem.UNREACHABLE, 1)
    assert letter.next_try_at > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(next_try_at=timezone.now())
    assert mails.send_due() == 1
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


@pytest.mark.usefixtures("no_mail_server")
def test_mail_is_given_up_after_two_days_without_its_text(letter):
    OutgoingMail.objects.update(created_at=timezone.now() - dt.timedelta(days=3))

    mails.send_due()

    letter.refresh_from_db()
    assert letter.is_given_up
    assert letter.body == ""


@pytest.mark.usefixtures("refusing_mail_server")
def test_mail_to_an_address_that_does_not_exist_is_given_up_at_once(letter):
    mails.send_due()

    letter.refresh_from_db()
    assert letter.is_given_up
    assert letter.problem == MailProblem.ADDRESS


def _ask_for_a_new_password(client, email):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(reverse("account_reset_password"), {"email": email})
    return response.status_code, response.headers["Location"], len(queries)


@pytest.mark.usefixtures("no_mail_server")
def test_request_for_a_new_password_does_the_same_for_every_address(client):
    known, unknown = UserFactory().email, "stranger@example.org"
    _ask_for_a_new_password(client, unknown)  # begins the session

    assert _ask_for_a_new_password(client, known) == _ask_for_a_new_password(client, unknown)
    assert not OutgoingMail.objects.exists()


def test_link_is_written_here_if_the_queue_is_out_of_reach(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(*args, **options):
        raise QueueError("connection refused")

    user = UserFactory()
    app.conf.task_always_eager = False
    monkeypatch.setattr(app, "send_task", refuse)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("account_reset_password"), {"email": user.email})
    finally:
        app.conf.task_always_eager = True

    assert response.status_code == 302
    assert OutgoingMail.objects.get().recipient == user.email


@pytest.mark.parametrize(("language", "greeting"), [("de", "Guten Tag,"), ("en", "Good day,")])
def test_worker_sends_the_link_in_the_language_it_was_asked_for_in(
    client, mailoutbox, language, greeting, django_capture_on_commit_callbacks
):
    user = UserFactory()

    with django_capture_on_commit_callbacks(execute=True):
        send_password_reset(user.email.upper(), "https://portal.example.org", language)

    (message,) = mailoutbox
    assert message.body.startswith(greeting)
    link = re.search(r"https://portal\.example\.org(/\S+)", message.body)[1]
    assert client.get(link).status_code == 302


def test_link_to_a_new_password_goes_to_confirmed_addresses_alone():
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="elsewhere@example.org", verified=False)

    assert mails.write_password_reset(email="elsewhere@example.org", origin="https://x") is None
    assert mails.write_password_reset(email=user.email, origin="https://x").recipient == user.email


def test_mails_of_a_month_ago_are_forgotten(letter):
    mails.send_due()
    OutgoingMail.objects.update(created_at=timezone.now() - dt.timedelta(days=31))
    waiting = mails.write(recipient="bo@example.org", subject="Hello", body="x")

    assert mails.remove_old() == 1
    assert OutgoingMail.objects.get() == waiting
