from collections.abc import Mapping
from enum import nonmember
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionLevel(models.TextChoices):
    """How finely a region is drawn. ``UNASSIGNED`` is possible with every level."""

    COUNTRY = "country", _("Whole country")
    LAND = "land", _("Land")
    UNASSIGNED = "unassigned", _("Not assigned")


class OrganisationKind(models.TextChoices):
    FEDERAL_MINISTRY = "federal_ministry", _("Federal ministry")
    COMMISSIONER = "commissioner", _("Federal commissioner")
    AGENCY = "agency", _("Federal agency")
    EMPLOYER_ORGANISATION = "employer_organisation", _("Employers' organisation")
    TRADE_UNION = "trade_union", _("Trade union")
    LAND = "land", _("Land")
    CHAMBER = "chamber", _("Chamber")
    SERVICE_PROVIDER = "service_provider", _("IT service provider")


KINDS_IN_PLURAL = {
    OrganisationKind.FEDERAL_MINISTRY: _("Federal ministries"),
    OrganisationKind.COMMISSIONER: _("Federal commissioners"),
    OrganisationKind.AGENCY: _("Federal agencies"),
    OrganisationKind.EMPLOYER_ORGANISATION: _("Employers' organisations"),
    OrganisationKind.TRADE_UNION: _("Trade unions"),
    OrganisationKind.LAND: _("Länder"),
    OrganisationKind.CHAMBER: _("Chambers"),
    OrganisationKind.SERVICE_PROVIDER: _("IT service providers"),
}
"""What all of a kind are called together."""

ASKED_KINDS = [
    (kind, label) for kind, label in OrganisationKind.choices if kind != OrganisationKind.SERVICE_PROVIDER
]
"""The kinds of organisations that indicators and measures may name: a provider has no figures of its own."""


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Recording")
    COORDINATOR = "coordinator", _("Coordination")
    REVIEWER = "reviewer", _("Review")
    DATA_STEWARD = "data_steward", _("Data management")
    AUDITOR = "auditor", _("Audit")

    # Not choices: groups of roles that permissions share.
    reads_all = nonmember(("reviewer", "data_steward", "auditor"))
    bound_to_organisation = nonmember(("contributor", "coordinator"))
    confirm_one_another = nonmember(("reviewer", "data_steward"))
    """Roles whose acts need two people: whoever could give them alone would be both."""
    administering = nonmember(("data_steward", "auditor"))


ENTITLED_KINDS: Mapping[Role, frozenset[OrganisationKind]] = MappingProxyType(
    {
        Role.REVIEWER: frozenset({OrganisationKind.FEDERAL_MINISTRY}),
        Role.DATA_STEWARD: frozenset({OrganisationKind.FEDERAL_MINISTRY}),
        Role.AUDITOR: frozenset({OrganisationKind.FEDERAL_MINISTRY, OrganisationKind.COMMISSIONER}),
    }
)
"""The kinds of organisations where a role exists; a role that is not named exists everywhere."""


def is_entitled(kind: str, role: str) -> bool:
    """Whether an organisation of this kind may give people this role."""
    return Role(role) not in ENTITLED_KINDS or kind in ENTITLED_KINDS[Role(role)]


class SecurityEventKind(models.TextChoices):
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGNED_OUT = "signed_out", _("Signed out")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    SECOND_FACTOR_CHANGED = "second_factor_changed", _("Second factor changed")
    FACTOR_RESET_REQUESTED = "factor_reset_requested", _("Reset of second factor requested")
    FACTOR_RESET_CONFIRMED = "factor_reset_confirmed", _("Reset of second factor confirmed")
    FACTOR_RESET_WITHDRAWN = "factor_reset_withdrawn", _("Reset of second factor withdrawn")
    ACCOUNT_CHANGED = "account_changed", _("Account changed")
    ROLE_GIVEN = "role_given", _("Role given")
    ROLE_CHANGED = "role_changed", _("Role changed")
    ROLE_TAKEN = "role_taken", _("Role taken away")
    REFUSED = "refused", _("Access refused")
    DOWNLOADED = "downloaded", _("Downloaded")
    EXPORTED = "exported", _("List exported")
    MALWARE_FOUND = "malware_found", _("Malware found")
    HANDED_OVER = "handed_over", _("Work handed over")
    SIGN_IN_LINKED = "sign_in_linked", _("Sign-in of the organisation linked")
    IMPERSONATION_BEGUN = "impersonation_begun", _("View as another person begun")
    IMPERSONATION_ENDED = "impersonation_ended", _("View as another person ended")


class MailProblem(models.TextChoices):
    """Why a mail has not left yet, or will not."""

    UNREACHABLE = "unreachable", _("The mail server cannot be reached.")
    REFUSED = "refused", _("The mail server refuses the message for now.")
    ADDRESS = "address", _("The mail server does not accept the address.")
    EXPIRED = "expired", _("It could not be sent before what it holds had run out.")
    UNWRITABLE = "unwritable", _("No mail can be written with this address or subject.")
    BOUNCED = "bounced", _("It came back: the recipient's mail server could not deliver it.")


class BounceSource(models.TextChoices):
    """How the portal knows that an address takes no mail."""

    REFUSED = "refused", _("refused when it was sent")
    REPORTED = "reported", _("reported by the recipient's mail server")


class TransferDirection(models.TextChoices):
    """Which way a list of the administration goes."""

    EXPORT = "export", _("Export")
    IMPORT = "import", _("Import")


class TransferStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting for its turn or being worked on")
    READY = "ready", _("Ready")
    CONFIRMED = "confirmed", _("Confirmed: waiting for its turn or being written")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")

    # Not choices: those that a worker has still to do.
    pending = nonmember(("waiting", "confirmed"))


class TransferProblem(models.TextChoices):
    """Why a list could not be exported or imported."""

    UNREADABLE = "unreadable", _("The file could not be read in the format chosen, or holds no rows.")
    TOO_MANY = "too_many", _("The list is too long. Please export or import a part at a time.")
    ERRORS = "errors", _("Some rows cannot be imported. Nothing was changed.")
    TOO_LONG = "too_long", _("It took too long and was stopped. Please export or import a part at a time.")
    NO_ROOM = "no_room", _("The portal's disk is full. Please try again later.")
    NO_MEMORY = (
        "no_memory",
        _("It needs more memory than there is. Please export or import a part at a time."),
    )
    NOT_ALLOWED = "not_allowed", _("You no longer have the right to do this.")
    BROKEN_OFF = "broken_off", _("It was broken off twice. Please tell those who run the portal.")
    FAILED = "failed", _("Something went wrong in the portal. It has been logged.")


class PageLanguage(models.TextChoices):
    GERMAN = "de", _("German")
    ENGLISH = "en", _("English")


class PublicPage(models.TextChoices):
    """The pages whose text is written in the portal."""

    ABOUT = "about", _("About the Alliance")
    IMPRINT = "imprint", _("Legal notice")
    PRIVACY = "privacy", _("Privacy")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    EASY = "easy", _("Easy language")
