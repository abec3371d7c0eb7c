"""Errors about people and organisations that a person can act on, each with a message for a page."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class PartnersError(Exception):
    message: "StrPromise"

    def __str__(self) -> str:
        return str(self.message)


class TooManyTransfersError(PartnersError):
    message = _(
        "You already have as many lists waiting to be exported or imported as one person may have. "
        "Please wait until one is done."
    )


class TransferNotReadyError(PartnersError):
    message = _("That is not possible now: the list is being written, or it has been dealt with already.")


class InvitationSpentError(PartnersError):
    message = _("This invitation has been used, withdrawn or has run out. Ask for a new one.")


class AlreadyMemberError(PartnersError):
    message = _("This person already has this role there.")


class AccountExistsError(PartnersError):
    message = _("There already is an account with this address. Sign in and open the link again.")


class NotTheInvitedPersonError(PartnersError):
    message = _("This invitation was sent to another address than the one you are signed in with.")


class NoSecondFactorError(PartnersError):
    message = _("This person has no second factor that could be reset.")


class FactorResetUnderWayError(PartnersError):
    message = _("A reset for this person is waiting for confirmation already.")


class FactorResetSpentError(PartnersError):
    message = _("This reset was confirmed or withdrawn already, or has run out.")


class FactorResetNotAllowedError(PartnersError):
    message = _(
        "Only the data management resets second factors; those of a superuser only another superuser."
    )


class FactorResetByTheSamePersonError(PartnersError):
    message = _("Two people other than the one concerned have to agree to a reset.")
