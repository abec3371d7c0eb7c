"""What a person may see and do follows from here, for pages, admin and interfaces alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, OuterRef
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from partners.enums import Role, is_entitled
from partners.models import Invitation, Mandate, Membership, Organisation, User

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Person = User | AnonymousUser | SimpleLazyObject


@dataclass(frozen=True)
class NavItem:
    key: str
    label: "str | StrPromise"
    url_name: str


NAVIGATION = {
    "start": NavItem("start", _("Start page"), "reporting:start"),
    "overview": NavItem("overview", _("Overview"), "reporting:dashboard"),
    "recording": NavItem("recording", _("Recording"), "measures:submission_list"),
    "import": NavItem("import", _("Import"), "measures:import_list"),
    "rounds": NavItem("rounds", _("Rounds"), "measures:round_list"),
    "checks": NavItem("checks", _("Checks"), "measures:check_list"),
    "review": NavItem("review", _("Review"), "measures:review_list"),
    "meetings": NavItem("meetings", _("Meetings"), "measures:meeting_list"),
    "reports": NavItem("reports", _("Reports"), "reporting:report_list"),
    "measures": NavItem("measures", _("Measures"), "measures:measure_list"),
    "partners": NavItem("partners", _("Partners"), "partners:organisation_list"),
}


@dataclass(frozen=True)
class Access:
    """A person's rights at this moment. Organisations are given by id.

    ``contributes_to``: may record and submit figures of these organisations.
    ``coordinates``: may see, upload for, endorse and remind these: the umbrella itself and its members.
    ``represents``: may upload for these by a mandate, and nothing else.
    ``chosen``: the one of several organisations that the person works for at the moment. ``focus``: those
    whose entries the lists then show; ``None`` stands for all. Neither gives or takes a right.
    """

    user_id: int | None = None
    is_superuser: bool = False
    memberships: tuple[Membership, ...] = ()
    contributes_to: frozenset[int] = frozenset()
    coordinates: frozenset[int] = frozenset()
    represents: frozenset[int] = frozenset()
    roles: frozenset[str] = field(default=frozenset())
    chosen: Organisation | None = None
    focus: frozenset[int] | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def reads_all(self) -> bool:
        return not self.roles.isdisjoint(Role.reads_all)

    @property
    def reviews(self) -> bool:
        return Role.REVIEWER in self.roles

    @property
    def manages_data(self) -> bool:
        return Role.DATA_STEWARD in self.roles

    @property
    def audits(self) -> bool:
        return Role.AUDITOR in self.roles

    @property
    def administers(self) -> bool:
        """Whether the administration opens for this person, if only to look."""
        return self.manages_data or self.audits

    @property
    def acts_for(self) -> frozenset[int]:
        """Organisations whose figures this person may see and upload."""
        return self.contributes_to | self.coordinates

    @property
    def uploads_for(self) -> frozenset[int]:
        """Organisations whose figures a spreadsheet of this person may carry."""
        return self.acts_for | self.represents

    @property
    def writes_figures(self) -> bool:
        return self.manages_data or bool(self.uploads_for)

    def sees_organisation(self, organisation_id: int) -> bool:
        return self.reads_all or organisation_id in self.acts_for

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those that the person works for, each once."""
        return tuple({m.organisation_id: m.organisation for m in self.memberships}.values())

    @property
    def has_several_organisations(self) -> bool:
        return len(self.organisations) > 1

    @property
    def role_label(self) -> str:
        """The roles in the organisation named beside it; none where several organisations are meant."""
        if self.has_several_organisations and self.chosen is None:
            return ""
        place = self.chosen or (self.organisations[0] if self.organisations else None)
        there = [m for m in self.memberships if place and m.organisation_id == place.pk]
        return ", ".join(str(Role(m.role).label) for m in there)

    @property
    def organisation_name(self) -> str:
        if self.chosen:
            return self.chosen.short_name
        if self.has_several_organisations:
            return str(_("All my organisations"))
        return self.organisations[0].short_name if self.organisations else ""

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        if not self.is_signed_in:
            return ()
        keys = ["start", "overview"]
        if self.acts_for or self.reads_all:
            keys.append("recording")
        if self.writes_figures or self.reads_all:
            keys.append("import")
        if self.reviews or self.coordinates or self.reads_all:
            keys.append("review")
        if self.administers:
            keys += ["rounds", "checks"]
        if self.roles:
            keys.append("meetings")
        keys += ["reports", "measures", "partners"]
        return tuple(NAVIGATION[key] for key in keys)


def access_for(user: Person, chosen: int | None = None) -> Access:
    """The rights of ``user`` now: one query for memberships and mandates, one for a coordinator's members.

    ``chosen``: the id of the organisation to which the person has narrowed their lists; one that they do not
    work for (any more), or their only one, narrows nothing.

    A superuser without a membership works as a data steward. Who is no longer active has no rights. A role
    from before roles were bound to kinds of organisations counts only where it could be given today.
    """
    if not user.is_authenticated or user.pk is None:
        return Access()
    found = _memberships(user.pk, timezone.localdate())
    memberships = tuple(each for each in found if is_entitled(each.organisation.kind, each.role))
    roles = {membership.role for membership in memberships}
    if user.is_superuser and user.is_active:
        roles.add(Role.DATA_STEWARD.value)
    coordinated = [m.organisation_id for m in memberships if m.role == Role.COORDINATOR]
    narrowed = _narrowed(memberships, chosen)
    return Access(
        user_id=user.pk,
        is_superuser=user.is_superuser,
        memberships=memberships,
        roles=frozenset(roles),
        contributes_to=frozenset(
            m.organisation_id for m in memberships if m.role in Role.bound_to_organisation
        ),
        coordinates=_with_members(coordinated),
        represents=frozenset(
            principal
            for m in memberships
            if m.role in Role.bound_to_organisation
            for principal in _principals(m)
        ),
        chosen=narrowed[0].organisation if narrowed else None,
        focus=_focus(narrowed),
    )


NOBODY = -1
"""Stands for a person's id in the query for their memberships."""
_PLACE = {f"place_{field.attname}": field for field in Organisation._meta.concrete_fields}  # noqa: SLF001  # documented


@lru_cache(maxsize=1)
def _memberships_on(day: dt.date) -> tuple[str, tuple[Any, ...]]:
    """The query for those that count on the day, written once a day: every request asks it.

    With each come its organisation, and for whom that has a mandate.
    """
    mandates = Mandate.objects.valid(day).filter(agent=OuterRef("organisation")).values("principal")
    places = {name: F(f"organisation__{field.attname}") for name, field in _PLACE.items()}
    counting = Membership.objects.active(day).filter(user_id=NOBODY)
    return counting.annotate(principals=ArraySubquery(mandates), **places).query.sql_with_params()


def _memberships(user_id: int, day: dt.date) -> Iterator[Membership]:
    statement, parameters = _memberships_on(day)
    asked = [user_id if each == NOBODY else each for each in parameters]
    for membership in Membership.objects.raw(statement, asked):
        found = {field.attname: vars(membership).pop(name) for name, field in _PLACE.items()}
        membership.organisation = Organisation.from_db(DEFAULT_DB_ALIAS, list(found), list(found.values()))
        yield membership


def _narrowed(memberships: tuple[Membership, ...], chosen: int | None) -> tuple[Membership, ...]:
    """What the person is in the organisation chosen; nothing where the choice is none."""
    there = tuple(m for m in memberships if m.organisation_id == chosen)
    return there if len(there) < len(memberships) else ()


def _focus(narrowed: tuple[Membership, ...]) -> frozenset[int] | None:
    """The organisations whose entries belong to the work there: all, where the role there reads all."""
    if not narrowed or any(m.role in Role.reads_all for m in narrowed):
        return None
    coordinated = [m.organisation_id for m in narrowed if m.role == Role.COORDINATOR]
    represented = frozenset(principal for m in narrowed for principal in _principals(m))
    return frozenset(m.organisation_id for m in narrowed) | represented | _with_members(coordinated)


def _principals(membership: Membership) -> list[int]:
    """For whom the organisation has a mandate, as ``_memberships`` has found."""
    found: list[int] = vars(membership)["principals"]
    return found


def _with_members(coordinated: list[int]) -> frozenset[int]:
    """These umbrellas and all below them."""
    if not coordinated:
        return frozenset()
    below = Organisation.objects.filter(pk__in=coordinated).with_descendants()
    return frozenset(organisation.pk for organisation in below)


def invitable_roles(access: Access, organisation: Organisation) -> tuple[Role, ...]:
    """The roles this person may invite to there: a data steward all, a coordinator those who record.

    All are those that the organisation is entitled to.
    """
    if access.manages_data:
        return tuple(role for role in Role if is_entitled(organisation.kind, role))
    if organisation.pk in access.coordinates:
        return (Role.CONTRIBUTOR,)
    return ()


def may_hand_over(access: Access, membership: Membership) -> bool:
    """Whoever may invite to a role may end it, but not their own; only a superuser that of a superuser."""
    return (
        membership.role in invitable_roles(access, membership.organisation)
        and membership.user_id != access.user_id
        and (access.is_superuser or not membership.user.is_superuser)
    )


def may_impersonate(access: Access, person: User) -> bool:
    """Those who manage data, as anybody who administers nothing: nobody gets more rights by it."""
    return (
        access.manages_data
        and person.pk != access.user_id
        and person.is_active
        and not person.is_superuser
        and not access_for(person).administers
    )


def may_reset_factors(access: Access, person: User) -> bool:
    """Those who manage data, for everybody but themselves; nobody but a superuser touches a superuser."""
    return (
        access.manages_data
        and person.pk != access.user_id
        and (access.is_superuser or not person.is_superuser)
    )


def may_confirm_role(access: Access, membership: Membership) -> bool:
    """Those who manage data, but neither who gave the role nor who got it."""
    others = {membership.granted_by_id, membership.user_id}
    return access.manages_data and membership.awaits_confirmation and access.user_id not in others


def may_revoke(access: Access, invitation: Invitation) -> bool:
    return invitation.role in invitable_roles(access, invitation.organisation)
