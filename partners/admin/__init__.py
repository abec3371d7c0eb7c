"""The administration of people and organisations."""

from partners.admin.organisations import OrganisationAdmin, RegionAdmin
from partners.admin.people import InvitationAdmin, MembershipAdmin, UserAdmin

__all__ = ["InvitationAdmin", "MembershipAdmin", "OrganisationAdmin", "RegionAdmin", "UserAdmin"]
