from partners.models.factor_resets import FactorReset
from partners.models.list_transfers import ListTransfer
from partners.models.mails import OutgoingMail, PasswordResetRequest
from partners.models.memberships import Invitation, Membership
from partners.models.organisations import Affiliation, Mandate, Organisation, OrganisationAlias
from partners.models.regions import Region
from partners.models.security_events import SecurityEvent
from partners.models.users import User

__all__ = [
    "Affiliation",
    "FactorReset",
    "Invitation",
    "ListTransfer",
    "Mandate",
    "Membership",
    "Organisation",
    "OrganisationAlias",
    "OutgoingMail",
    "PasswordResetRequest",
    "Region",
    "SecurityEvent",
    "User",
]
