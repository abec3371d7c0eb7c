"""Ending sessions: one, all others, all of a person, and what is left of those that are over; new keys."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from partners.models import User


@transaction.atomic
def end(*, session: UserSession) -> None:
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()


@transaction.atomic
def end_others(*, user: User, current_key: str | None) -> int:
    """Sign the person out everywhere but here; returns in how many places."""
    others = UserSession.objects.filter(user_id=user.pk).exclude(session_key=current_key)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    return len(keys)


@transaction.atomic
def end_all(*, user: User) -> None:
    """Sign the person out everywhere. Sessions that began before this never come back."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    end_others(user=user, current_key=None)


@transaction.atomic
def renew_key(session: SessionBase) -> None:
    """Go on with the session under a new key; nobody gets in with the one of before."""
    former = session.session_key
    session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=session.session_key)


@transaction.atomic
def remove_expired() -> None:
    """Forget sessions that ran out, and what was noted about any that are gone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    stored = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(stored)).delete()
