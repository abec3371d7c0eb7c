"""Seeing the portal as another person does: beginning, going on with it, ending."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.exceptions import ImpersonationNotAllowedError
from partners.models import Impersonation, User
from partners.permissions import access_for, may_impersonate
from partners.violations import broken_rule


@transaction.atomic
def begin(*, person: User, viewer: User, reason: str) -> Impersonation:
    """One at a time: another one of the same administrator ends."""
    if not may_impersonate(access_for(viewer), person):
        raise ImpersonationNotAllowedError
    for former in Impersonation.objects.select_for_update().filter(viewer=viewer, ended_at=None):
        end(former)
    try:
        with transaction.atomic():
            return Impersonation.objects.create(person=person, viewer=viewer, reason=reason)
    except IntegrityError as error:
        if broken_rule(error) != "impersonation_of_no_administrator":
            raise
        raise ImpersonationNotAllowedError from error


def current(*, impersonation_id: int, viewer: User) -> Impersonation | None:
    """The view that goes on: not ended, not run out, of an account that is active, by one who still may."""
    found = (
        Impersonation.objects.open()
        .filter(pk=impersonation_id, viewer=viewer, person__is_active=True)
        .select_related("person")
        .first()
    )
    return found if found and may_impersonate(access_for(viewer), found.person) else None


def end(impersonation: Impersonation) -> None:
    """Its end is now, or was when it ran out."""
    impersonation.ended_at = min(timezone.now(), impersonation.expires_at)
    impersonation.save(update_fields=["ended_at"])


@transaction.atomic
def end_of(*, impersonation_id: int, viewer: User) -> None:
    found = (
        Impersonation.objects.select_for_update()
        .filter(pk=impersonation_id, viewer=viewer, ended_at=None)
        .first()
    )
    if found:
        end(found)


@transaction.atomic
def end_expired() -> None:
    """Those that nobody has ended: the session was over before."""
    over = Impersonation.objects.select_for_update(skip_locked=True).filter(ended_at=None)
    for impersonation in over.filter(expires_at__lte=timezone.now()):
        end(impersonation)
