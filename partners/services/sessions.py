"""Ending sessions: one of one's own, all the others, and what is left of those that are over."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
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
def remove_expired() -> None:
    """Forget sessions that ran out, and what was noted about any that are gone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    stored = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(stored)).delete()
