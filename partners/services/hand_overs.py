"""Somebody leaves an organisation: their roles end on a day, and others take them over."""

import datetime as dt
from collections.abc import Callable, Collection

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from partners.enums import Role, SecurityEventKind
from partners.exceptions import AlreadyMemberError, EndsBeforeItBeganError, NothingToHandOverError
from partners.models import Invitation, Membership, Organisation, User
from partners.permissions import access_for, may_hand_over
from partners.querysets import MembershipQuerySet
from partners.services import invitations, mails
from partners.services.security_events import Sender, record


def roles_to_end(*, person: User, organisation: Organisation, actor: User) -> list[Membership]:
    """What ``person`` is there and ``actor`` may end; roles that wait for their confirmation, too."""
    return _to_end(Membership.objects.current(), person, organisation, actor)


@transaction.atomic
def hand_over(  # noqa: PLR0913  # who leaves where and when, who goes on, who does it
    *,
    person: User,
    organisation: Organisation,
    last_day: dt.date,
    successors: Collection[User],
    addresses: Collection[str],
    withdraws_invitations: bool,
    actor: User,
    sender: Sender,
    link_for: Callable[[str], str],
) -> list[Membership]:
    """End the roles, give them to the successors at once and invite the others: all of it or nothing.

    ``link_for`` makes the link of an invitation from its token. Everybody concerned gets a mail.
    """
    locked = Membership.objects.current().select_for_update(of=("self",))
    ended = _to_end(locked, person, organisation, actor)
    if not ended:
        raise NothingToHandOverError
    if any(membership.valid_from > last_day for membership in ended):
        raise EndsBeforeItBeganError
    roles = [Role(membership.role) for membership in ended]
    for membership in ended:
        membership.valid_until = last_day
        membership.save(update_fields=["valid_until"])
    for successor in successors:
        for role in roles:
            _give(successor, organisation, role)
    for address in addresses:
        for role in roles:
            _invite(address, organisation, role, actor, link_for)
    if withdraws_invitations:
        for invitation in Invitation.objects.open().filter(invited_by=person, organisation=organisation):
            invitations.revoke(invitation_id=invitation.pk)
    record(
        SecurityEventKind.HANDED_OVER,
        sender,
        person_id=actor.pk,
        subject_id=person.pk,
        target=f"{organisation.code} {last_day} {' '.join(roles)}",
    )
    _write(person, organisation, last_day, roles, successors, addresses)
    return ended


def _to_end(
    memberships: MembershipQuerySet, person: User, organisation: Organisation, actor: User
) -> list[Membership]:
    access = access_for(actor)
    found = memberships.filter(user=person, organisation=organisation).select_related("user", "organisation")
    return [membership for membership in found if may_hand_over(access, membership)]


def _give(successor: User, organisation: Organisation, role: Role) -> None:
    """From today on and without an end, unless they have it already so."""
    has_it = Membership.objects.current().filter(
        user=successor, organisation=organisation, role=role, valid_until=None
    )
    if not has_it.exists():
        Membership.objects.update_or_create(
            user=successor,
            organisation=organisation,
            role=role,
            defaults={"valid_from": timezone.localdate(), "valid_until": None, "is_from_provider": False},
        )


def _invite(
    address: str, organisation: Organisation, role: Role, actor: User, link_for: Callable[[str], str]
) -> None:
    try:
        invitation, token = invitations.invite(
            email=address, organisation_id=organisation.pk, role=role, actor=actor
        )
    except AlreadyMemberError:
        return  # a colleague after all, who has the role
    invitations.send(invitation=invitation, link=link_for(token))


def _write(  # noqa: PLR0913, PLR0917  # what a mail says
    person: User,
    organisation: Organisation,
    last_day: dt.date,
    roles: Collection[Role],
    successors: Collection[User],
    addresses: Collection[str],
) -> None:
    letters = {person: (gettext_lazy("Your work is handed over"), "leaving")}
    letters |= dict.fromkeys(successors, (gettext_lazy("You take over"), "taking_over"))
    waiting = Membership.objects.awaiting_confirmation().filter(organisation=organisation, role__in=roles)
    await_confirmation = set(waiting.values_list("user_id", flat=True))
    for recipient, (subject, template) in letters.items():
        with mails.in_language_of(recipient):
            context = {
                "person": person,
                "organisation": organisation,
                "last_day": last_day,
                "roles": ", ".join(str(role.label) for role in roles),
                "successors": [str(each) for each in successors] + list(addresses),
                "awaits_confirmation": recipient.pk in await_confirmation,
            }
            mails.write(
                recipient=recipient.email,
                subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
                body=render_to_string(f"partners/email/hand_over_{template}.txt", context),
            )
