"""Taking away the second factors of somebody who has lost them: asked for by one, confirmed by another."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partners.exceptions import (
    FactorResetByTheSamePersonError,
    FactorResetNotAllowedError,
    FactorResetSpentError,
    FactorResetUnderWayError,
    NoSecondFactorError,
)
from partners.models import FactorReset, User
from partners.permissions import access_for, may_reset_factors
from partners.services import mails, sessions

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@transaction.atomic
def request_reset(*, person: User, reason: str, identity_check: str, actor: User) -> FactorReset:
    """Ask for it. The person learns of it at once, in case it was somebody else who asked in their name."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.pk == actor.pk:
        raise FactorResetByTheSamePersonError
    _demand_right(actor, person)
    if not Authenticator.objects.filter(user=person).exists():
        raise NoSecondFactorError
    if FactorReset.objects.open().filter(person=person).exists():
        raise FactorResetUnderWayError
    FactorReset.objects.undecided().filter(person=person).update(
        withdrawn_by=actor, withdrawn_at=timezone.now()
    )
    reset = FactorReset.objects.create(
        person=person, reason=reason, identity_check=identity_check, requested_by=actor
    )
    _write_to_person(reset, gettext_lazy("Reset of your second factor requested"), "requested")
    return reset


@transaction.atomic
def confirm(*, reset_id: int, actor: User) -> FactorReset:
    """Take the second factors away, recovery codes included, and end every session of the person.

    Locks the request first: of two people confirming at once the second gets ``FactorResetSpentError``.
    """
    reset = _locked(reset_id)
    if actor.pk in {reset.requested_by_id, reset.person_id}:
        raise FactorResetByTheSamePersonError
    _demand_right(actor, reset.person)
    reset.confirmed_by, reset.confirmed_at = actor, timezone.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user_id=reset.person_id).delete()
    sessions.end_all(user=reset.person)
    _write_to_person(reset, gettext_lazy("Your second factor was reset"), "confirmed")
    return reset


@transaction.atomic
def withdraw(*, reset_id: int, actor: User) -> FactorReset:
    reset = _locked(reset_id)
    _demand_right(actor, reset.person)
    reset.withdrawn_by, reset.withdrawn_at = actor, timezone.now()
    reset.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return reset


def _demand_right(actor: User, person: User) -> None:
    if not may_reset_factors(access_for(actor), person):
        raise FactorResetNotAllowedError


def _locked(reset_id: int) -> FactorReset:
    reset: FactorReset = FactorReset.objects.select_for_update().get(pk=reset_id)
    if not reset.is_open:
        raise FactorResetSpentError
    return reset


def _write_to_person(reset: FactorReset, subject: "StrPromise", step: str) -> None:
    with mails.in_language_of(reset.person):
        mails.write(
            recipient=reset.person.email,
            subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
            body=render_to_string(f"partners/email/factor_reset_{step}.txt", {"reset": reset}),
        )
