"""Roles whose holders confirm one another's acts count once a second administrator has confirmed them."""

from django.db import transaction
from django.utils import timezone

from partners.exceptions import RoleNotConfirmableError
from partners.models import Membership, User
from partners.permissions import access_for, may_confirm_role


@transaction.atomic
def confirm_role(*, membership_id: int, actor: User) -> Membership:
    """Let the role count from now on. Its person's sessions end, as with every change of a role."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    if not may_confirm_role(access_for(actor), membership):
        raise RoleNotConfirmableError
    membership.confirmed_by, membership.confirmed_at = actor, timezone.now()
    membership.save(update_fields=["confirmed_by", "confirmed_at"])
    return membership
