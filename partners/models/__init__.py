from partners.models.bounces import BouncedAddress
from partners.models.factor_resets import FactorReset
from partners.models.impersonations import Impersonation
from partners.models.list_transfers import ListTransfer
from partners.models.mails import OutgoingMail, PasswordResetRequest
from partners.models.memberships import Invitation, InvitationVersion, Membership
from partners.models.notices import Notice, NoticeDigest, NoticeOptOut, NoticeOptOutVersion
from partners.models.organisations import (
    Affiliation,
    AffiliationVersion,
    Mandate,
    MandateVersion,
    Organisation,
    OrganisationAlias,
    OrganisationAliasVersion,
    OrganisationVersion,
)
from partners.models.page_texts import PageText
from partners.models.regions import Region
from partners.models.security_events import SecurityEvent
from partners.models.users import User

__all__ = [
    "Affiliation",
    "AffiliationVersion",
    "BouncedAddress",
    "FactorReset",
    "Impersonation",
    "Invitation",
    "InvitationVersion",
    "ListTransfer",
    "Mandate",
    "MandateVersion",
    "Membership",
    "Notice",
    "NoticeDigest",
    "NoticeOptOut",
    "NoticeOptOutVersion",
    "Organisation",
    "OrganisationAlias",
    "OrganisationAliasVersion",
    "OrganisationVersion",
    "OutgoingMail",
    "PageText",
    "PasswordResetRequest",
    "Region",
    "SecurityEvent",
    "User",
]
