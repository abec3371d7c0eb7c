"""Writing the texts of the public pages, and passing on what visitors report about their accessibility."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partners.exceptions import PageTextChangedError
from partners.models import OutgoingMail, PageText, User
from partners.services import mails
from partners.violations import broken_rule


def write_text(*, page: str, language: str, body: str, seen: int, actor: User) -> PageText:
    """Add the version after the one that the person has ``seen``; an empty body restores the portal's own."""
    try:
        with transaction.atomic():
            return PageText.objects.create(
                page=page, language=language, body=body, version=seen + 1, written_by=actor
            )
    except IntegrityError as error:
        if broken_rule(error) == "page_text_one_successor":
            raise PageTextChangedError from error
        raise


def recipient_of_barrier_reports() -> str:
    """Where reports of barriers go; empty where the installation names no address."""
    operator: dict[str, str] = settings.OPERATOR
    return operator["accessibility_email"] or operator["email"]


def report_barrier(*, message: str, page: str, reply_to: str) -> OutgoingMail:
    """Write the mail with what a visitor reports. The portal keeps nothing else of it."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [message]
        if page:
            lines.append(_("Page: %(address)s") % {"address": page})
        lines.append(
            _("Answer to: %(address)s") % {"address": reply_to} if reply_to else _("No answer is asked for.")
        )
        return mails.write(
            recipient=recipient_of_barrier_reports(),
            subject=_("[Alliance portal] A barrier was reported"),
            body="\n\n".join(lines) + "\n",
            headers={"Reply-To": reply_to} if reply_to else {},
        )
