"""Letting people in: by a link sent to their address, good once and for two weeks."""

import hashlib
import secrets
from contextlib import suppress

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums import Role
from partners.exceptions import (
    AccountExistsError,
    AlreadyMemberError,
    InvitationSpentError,
    NotTheInvitedPersonError,
)
from partners.models import Invitation, Membership, Organisation, User
from partners.services import mails


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, organisation_id: int, role: Role, actor: User) -> tuple[Invitation, str]:
    """Create an invitation and return it with its token, which is not stored and cannot be had again.

    An open invitation for the same role is withdrawn, and its mail if that has not left: only the latest link
    works. Whoever invites to the same organisation at once waits.
    """
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    address = User.objects.normalize_email(email)
    same = {"organisation_id": organisation_id, "role": role}
    if Membership.objects.current().filter(user__email__iexact=address, **same).exists():
        raise AlreadyMemberError
    for former in Invitation.objects.open().filter(email__iexact=address, **same):
        with suppress(InvitationSpentError):  # accepted or withdrawn at this moment
            revoke(invitation_id=former.pk)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(email=address, invited_by=actor, token_hash=hash_of(token), **same)
    return invitation, token


def send(*, invitation: Invitation, link: str) -> None:
    """Leave the mail with the link to the worker. The invitation's page says what became of it."""
    context = {"invitation": invitation, "link": link}
    mails.write(
        recipient=invitation.email,
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{_('Your invitation')}",
        body=render_to_string("partners/email/invitation.txt", context),
        invitation=invitation,
    )


def is_invited(invitation: Invitation, user: User) -> bool:
    """Whether the invitation went to an address that is proven to be this person's."""
    addresses = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    return addresses.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def revoke(*, invitation_id: int) -> Invitation:
    """Withdraw the invitation. One that was used, withdrawn or has run out stays as it is."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    if not _is_open(invitation):
        raise InvitationSpentError
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    mails.drop(invitation=invitation)
    return invitation


@transaction.atomic
def accept(*, token: str, first_name: str, last_name: str, password: str) -> User:
    """Create the invited person's account with the role they were invited to.

    Locks the invitation first: of two people opening the link, the second gets ``InvitationSpentError``.
    The address counts as verified, because the link was sent there and nowhere else.
    """
    invitation = _locked(token)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise AccountExistsError
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email, password, first_name=first_name, last_name=last_name
            )
    except IntegrityError as error:  # two invitations of one person, accepted at once
        raise AccountExistsError from error
    EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)
    _take(invitation, user)
    return user


@transaction.atomic
def accept_from_provider(*, email: str, first_name: str, last_name: str) -> User | None:
    """Create the account of somebody whose address a sign-in service vouches for, if they are invited.

    They get all roles that they are invited to. There is no password; they come in by the service. In
    capitals, as the database compares them, the Turkish dotless i is an I: other people's domains would fit.
    """
    candidates = Invitation.objects.open().select_for_update(of=("self",)).filter(email__iexact=email)
    found = [each for each in candidates if each.email.lower() == email.lower()]
    if not found or User.objects.filter(email__iexact=email).exists():
        return None
    user = User.objects.create_user(found[0].email, None, first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)
    for invitation in found:
        _take(invitation, user)
    return user


@transaction.atomic
def accept_as(*, token: str, user: User) -> Membership:
    """Give the role to a person who has an account and is signed in with it."""
    invitation = _locked(token)
    if not is_invited(invitation, user):
        raise NotTheInvitedPersonError
    return _take(invitation, user)


def _locked(token: str) -> Invitation:
    invitations = Invitation.objects.select_for_update(of=("self",))
    invitation: Invitation = invitations.get(token_hash=hash_of(token))
    if not _is_open(invitation):
        raise InvitationSpentError
    return invitation


def _is_open(invitation: Invitation) -> bool:
    return (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and invitation.expires_at > timezone.now()
    )


def _take(invitation: Invitation, user: User) -> Membership:
    """Give the role in the name of who invited. One that was held before and has ended begins anew today."""
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    same = {"user": user, "organisation_id": invitation.organisation_id, "role": invitation.role}
    held = Membership.objects.current().filter(**same).first()
    if held:
        return held
    Membership.objects.filter(**same).delete()
    return Membership.objects.create(**same, granted_by_id=invitation.invited_by_id)
