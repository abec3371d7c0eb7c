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


class FileRefusedError(PartnersError):
    """A file is not taken."""


class NotScannedError(FileRefusedError):
    message = _("The file cannot be checked for malware at the moment. Please try again later.")


class MalwareRefusedError(FileRefusedError):
    message = _("The malware scanner found something in the file. It was neither opened nor kept.")


class RoleNotConfirmableError(PartnersError):
    message = _(
        "Only a role that waits can be confirmed, by an administrator who neither gave it nor is to have it."
    )


class NothingToHandOverError(PartnersError):
    message = _("This person has no role in this organisation that you could end.")


class ImpersonationNotAllowedError(PartnersError):
    message = _(
        "Only the data management sees the portal as others do, and never as others who administer it."
    )


class EndsBeforeItBeganError(PartnersError):
    message = _("The person has had a role there for less time than that. Choose a later last day.")


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


class MandatoryNoticeError(PartnersError):
    message = _("What is legally due always comes by mail.")


class PageTextChangedError(PartnersError):
    message = _("Somebody else has changed this text meanwhile. Compare it with yours below and save again.")
