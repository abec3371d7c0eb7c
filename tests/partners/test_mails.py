"""Mails leave by the worker: no answer depends on the mail server, and what cannot be sent is tried again."""

import datetime as dt
import socketserver
import threading

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums import MailProblem
from partners.models import OutgoingMail
from partners.services import mails
from partners.tasks import send_mails
from tests.queues import DEAD, sending_to

pytestmark = pytest.mark.django_db
PASSWORD = "vierzehn blaue Wagen"


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


def test_mail_whose_code_or_link_has_run_out_is_not_sent_and_keeps_no_text(mailoutbox):
    late = mails.write(recipient="ada@example.org", subject="Code", body="1234", useful_for=dt.timedelta(0))

    assert mails.send_due() == 0

    late.refresh_from_db()
    assert (late.is_given_up, late.problem, late.body) == (True, MailProblem.EXPIRED, "")
    assert mailoutbox == []


@pytest.mark.usefixtures("no_mail_server")
def test_text_goes_when_it_has_run_out_even_while_the_mail_waits_for_its_next_attempt(settings):
    letter = mails.write(
        recipient="ada@example.org", subject="Code", body="1234", useful_for=dt.timedelta(hours=1)
    )
    mails.send_due()
    letter.refresh_from_db()
    assert (letter.body, letter.is_given_up) == ("1234", False)
    later = timezone.now() + dt.timedelta(hours=4)
    OutgoingMail.objects.update(expires_at=timezone.now(), next_try_at=later)

    mails.send_due()

    letter.refresh_from_db()
    assert (letter.body, letter.is_given_up) == ("", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": "ada@\u3002.org"},
        {"recipient": "ada@xn--\u00e4.org"},
        {"headers": {"Reply-To": "ada@xn--\u00e4.org"}},
        {"headers": {"Reply-To": "a\nBcc: b@example.org"}},
    ],
)
def test_mail_that_cannot_be_written_is_given_up_and_holds_up_no_other(wrong, mailoutbox):
    letter = {"recipient": "ada@example.org", "subject": "Hello", "body": "x", "headers": {}}
    broken = mails.write(**(letter | wrong))
    mails.write(**letter | {"subject": "Ada's\r\nBcc: view"})

    assert mails.send_due() == 1

    broken.refresh_from_db()
    assert (broken.is_given_up, broken.problem, broken.body) == (True, MailProblem.UNWRITABLE, "")
    assert [mail.subject for mail in mailoutbox] == ["Ada's Bcc: view"]


def test_no_mail_is_given_up_because_the_portals_own_sender_is_none(letter, settings):
    settings.DEFAULT_FROM_EMAIL = "portal@xn--\u00e4.org"

    with pytest.raises(ValueError, match="idna"):
        mails.send_due()

    letter.refresh_from_db()
    assert not letter.is_given_up


def test_mails_of_a_month_ago_are_forgotten(letter):
    mails.send_due()
    OutgoingMail.objects.update(created_at=timezone.now() - dt.timedelta(days=31))
    waiting = mails.write(recipient="bo@example.org", subject="Hello", body="x")

    assert mails.remove_old() == 1
    assert OutgoingMail.objects.get() == waiting


def test_invitation_and_notice_written_while_the_queue_is_down_leave_once(
    client, sign_in, mailoutbox, django_capture_on_commit_callbacks
):
    """An invitation, and the notice that one's password has changed."""
    person = sign_in("data_steward", "BMAS")
    person.set_password(PASSWORD)
    person.save()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    change = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}!", "password2": f"{PASSWORD}!"}
    with sending_to(DEAD), django_capture_on_commit_callbacks(execute=True):
        answers = [
            client.post(
                reverse("partners:invitation_create", args=["IHK-142"]),
                {"email": "ada@example.org", "role": "contributor"},
            ),
            client.post(reverse("account_change_password"), change),
        ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert mailoutbox == []

    for _ in range(2):  # beat, twice
        send_mails()

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(["ada@example.org", person.email])
    assert set(OutgoingMail.objects.values_list("body", flat=True)) == {""}
