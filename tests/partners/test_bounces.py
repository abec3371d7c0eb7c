"""Addresses that take no mail: refused by the mail server, or reported by it later."""

import io
import mailbox
import sys
from email import message_from_bytes

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from partners.enums import BounceSource, MailProblem
from partners.models import BouncedAddress, OutgoingMail, User
from partners.services import bounces, mails
from partners.services.bounces import record_report
from tests.factories import MembershipFactory
from tests.smtp import delivering

pytestmark = pytest.mark.django_db


@pytest.fixture
def postbox(settings):
    with delivering(settings) as found:
        yield found


@pytest.fixture
def person() -> User:
    return MembershipFactory(organisation_code="IHK-142").user


def sent(recipient: str) -> OutgoingMail:
    mail = mails.write(recipient=recipient, subject="Hello", body="x")
    mails.send_due()
    mail.refresh_from_db()
    return mail


def report(  # noqa: PLR0913  # the parts of a report
    message_id: str = "",
    *,
    to: str = "portal@localhost",
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = "somebody@example.org",
    returned: str = "text/rfc822-headers",
) -> bytes:
    """As a mail server writes it (RFC 3464)."""
    headers = f"Message-ID: {message_id}\nSubject: Hello\nTo: {recipient}\n"
    return f"""From: MAILER-DAEMON@mail.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{recipient}>: Recipient address rejected

--b
Content-Type: {returned}

{headers}
--b--
""".encode()


def test_recipient_that_is_refused_for_good_is_recorded_with_the_reply(postbox, person):
    postbox.unknown.add(person.email)

    mail = sent(person.email)

    found = BouncedAddress.objects.get()
    assert (found.email, found.source, found.code) == (person.email, BounceSource.REFUSED, "550")
    assert found.reply == "5.1.1 No such mailbox"
    assert (mail.problem, mail.is_given_up) == (MailProblem.ADDRESS, True)


def test_recipient_refused_after_the_mail_was_taken_is_recorded_too(postbox, person):
    postbox.refused_late.add(person.email)

    mail = sent(person.email)

    assert BouncedAddress.objects.get().email == person.email
    assert mail.is_given_up


def test_mail_that_is_accepted_again_takes_the_refusal_off_the_list(postbox, person):
    postbox.unknown.add(person.email)
    sent(person.email)
    postbox.unknown.clear()

    sent(person.email)

    assert not BouncedAddress.objects.exists()


def test_message_carries_a_mark_by_which_its_report_is_known(postbox, person, settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"
    mail = sent(person.email)

    [delivered] = postbox.mails
    assert delivered["Message-ID"] == bounces.message_id(mail.pk)
    assert postbox.senders[0].startswith(f"bounces+{mail.pk}.")
    assert delivered["From"] == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_report_is_known_by_the_id_of_the_mail_that_it_returns(postbox, person, returned):
    mail = sent(person.email)
    message = message_from_bytes(
        report(bounces.message_id(mail.pk), recipient="forged@example.org", returned=returned)
    )

    assert record_report(message) == person.email

    found = BouncedAddress.objects.get()
    assert (found.email, found.code, found.source) == (person.email, "5.1.1", BounceSource.REPORTED)
    assert "Recipient address rejected" in found.reply
    mail.refresh_from_db()
    assert (mail.problem, mail.sent_at) == (MailProblem.BOUNCED, None)


def test_report_is_known_by_whom_it_was_sent_to(postbox, person, settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"
    mail = sent(person.email)

    message = message_from_bytes(report("<other@example.org>", to=bounces.envelope_sender(mail.pk)))

    assert record_report(message) == person.email


def test_former_secret_still_counts(postbox, person, settings):
    mail = sent(person.email)
    message = message_from_bytes(report(bounces.message_id(mail.pk)))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one"

    assert record_report(message) == person.email


def test_report_that_is_not_about_a_mail_of_ours_or_not_for_good_records_nothing(postbox, person):
    mail = sent(person.email)
    right = bounces.message_id(mail.pk)
    forged = right.replace(f"{mail.pk}.", f"{mail.pk}.", 1)[:-30] + "0" * 8 + "@localhost>"
    for text in (
        report(forged),
        report(f"<mail.{mail.pk}.{'0' * 20}@localhost>"),
        report(f"<mail.{'9' * 18}.{'0' * 20}@localhost>"),
        report(),
        report(right, action="delayed", status="4.4.1"),
        report(right, action="failed", status="4.2.2"),
        report(right, action="delivered", status="2.0.0"),
        b"From: x@example.org\nSubject: Hello\n\nText\n",
        b"",
        b"\xff\xfe\x00Content-Type: multipart/report\n\n",
    ):
        assert record_report(message_from_bytes(text)) is None

    assert not BouncedAddress.objects.exists()


def test_reported_address_stays_on_the_list_although_the_next_mail_is_accepted(postbox, person):
    mail = sent(person.email)
    record_report(message_from_bytes(report(bounces.message_id(mail.pk))))

    sent(person.email)

    assert BouncedAddress.objects.filter(email=person.email).exists()


def _fill(box: mailbox.Mailbox, *texts: bytes) -> None:
    for text in texts:
        box.add(text)
    box.flush()
    box.close()


@pytest.mark.parametrize(("kind", "option"), [(mailbox.Maildir, "maildir"), (mailbox.mbox, "mbox")])
def test_command_reads_a_mailbox_and_again_without_effect(postbox, person, tmp_path, kind, option):
    mail = sent(person.email)
    place = tmp_path / "box"
    _fill(kind(place, create=True), report(bounces.message_id(mail.pk)), report("<other@example.org>"))

    for expected in (1, 0):
        out = io.StringIO()
        call_command("record_bounces", **{option: place}, stdout=out)
        assert f"Messages read: 2, addresses recorded: {expected}." in out.getvalue()
    BouncedAddress.objects.all().delete()
    call_command("record_bounces", **{option: place}, remove=True, stdout=io.StringIO())

    assert not BouncedAddress.objects.exists()  # checked by somebody: the old report does not come back
    left = kind(place, create=False)
    assert len(left) == 0
    left.close()


def test_command_reads_standard_input(postbox, person, monkeypatch):
    mail = sent(person.email)
    standard = io.TextIOWrapper(io.BytesIO(report(bounces.message_id(mail.pk))))
    monkeypatch.setattr(sys, "stdin", standard)
    out = io.StringIO()

    call_command("record_bounces", stdout=out)

    assert person.email in out.getvalue()


def test_command_names_a_mailbox_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="no such mailbox"):
        call_command("record_bounces", maildir=tmp_path / "missing")


def test_bounce_is_shown_to_the_person_at_the_organisation_and_to_stewards(client, sign_in, person):
    bounces.record_refusal(person.email.upper(), 550, b"5.1.1 <unknown>")
    client.force_login(person)
    own = client.get(reverse("partners:notice_list")).content.decode()
    assert "Mails an Ihre Adresse kommen nicht an" in own
    organisation = client.get(reverse("partners:organisation_detail", args=["IHK-142"])).content.decode()
    assert "Mails kommen nicht an" in organisation
    sign_in("data_steward", "BMAS")
    page = client.get(reverse("partners:bounce_list"))
    assert person.email in page.content.decode()
    assert "&lt;unknown&gt;" in page.content.decode()

    client.post(reverse("partners:bounce_forget", args=[BouncedAddress.objects.get().pk]))

    assert not BouncedAddress.objects.exists()
