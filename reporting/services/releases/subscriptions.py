"""Who wants mails about releases: asked, confirmed from the address itself, ended by one click (RFC 8058)."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from partners.models import OutgoingMail
from partners.services.mails import unsubscribe_headers
from reporting.enums import Language
from reporting.models import Subscriber

CONFIRMED_WITHIN = dt.timedelta(days=7)
PAUSE = dt.timedelta(hours=1)
"""So long an address that has not answered gets no second mail, however often somebody enters it."""

_CONFIRM, _UNSUBSCRIBE = "reporting.subscriptions.confirm", "reporting.subscriptions.end"


@transaction.atomic
def subscribe(*, email: str, language: Language) -> None:
    """Ask the address whether it wants the mails. Nothing says whether it has them already."""
    now = timezone.now()
    subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
        email__iexact=email, defaults={"email": email, "language": language}
    )
    if not is_new and (subscriber.confirmed_at or now - subscriber.asked_at < PAUSE):
        return
    subscriber.asked_at, subscriber.language = now, language
    subscriber.save(update_fields=["asked_at", "language"])
    token = signing.dumps([subscriber.pk, now.isoformat()], salt=_CONFIRM)
    with translation.override(language):
        subject = gettext("Please confirm: mails about progress reports")
    mail_for(
        subscriber,
        subject,
        "reporting/email/subscription.txt",
        {"address": _absolute("public:subscription_confirm", token, language)},
        expires_at=now + CONFIRMED_WITHIN,
    ).save()


def subscriber_to_confirm(token: str) -> Subscriber | None:
    """Whose confirmation the link is; None where it is none of ours, too old, or another was sent since."""
    try:
        pk, asked = signing.loads(token, salt=_CONFIRM, max_age=CONFIRMED_WITHIN)
    except (signing.BadSignature, ValueError):
        return None
    found = Subscriber.objects.filter(pk=pk).first()
    return found if found and found.asked_at.isoformat() == asked else None


def confirm(*, subscriber_id: int) -> None:
    Subscriber.objects.filter(pk=subscriber_id, confirmed_at=None).update(confirmed_at=timezone.now())


def subscriber_to_end(token: str) -> int | None:
    """Whose mails the link ends, even if they have ended already; None where it is none of ours."""
    try:
        found = signing.loads(token, salt=_UNSUBSCRIBE)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None


def unsubscribe(*, subscriber_id: int) -> None:
    """Nothing is kept of who no longer wants the mails."""
    Subscriber.objects.filter(pk=subscriber_id).delete()


def remove_unconfirmed() -> int:
    """Forget addresses that did not answer."""
    removed, _by_model = Subscriber.objects.unconfirmed_since(timezone.now() - CONFIRMED_WITHIN).delete()
    return removed


def mail_for(
    subscriber: Subscriber,
    subject: str,
    template: str,
    context: Mapping[str, object],
    expires_at: dt.datetime | None = None,
) -> OutgoingMail:
    """A mail with the link that ends them, not stored yet."""
    token = signing.dumps(subscriber.pk, salt=_UNSUBSCRIBE)
    end = _absolute("public:subscription_end", token, subscriber.language)
    with translation.override(subscriber.language):
        return OutgoingMail(
            recipient=subscriber.email,
            subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
            body=render_to_string(template, {**context, "end": end}),
            headers=unsubscribe_headers(end),
            expires_at=expires_at,
        )


def _absolute(name: str, token: str, language: str) -> str:
    with translation.override(language):
        return f"{settings.PORTAL_ADDRESS}{reverse(name, args=[token])}"
