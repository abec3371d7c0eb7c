"""The partners of the Alliance as a tree, and each of them on a page."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.enums import KINDS_IN_PLURAL, OrganisationKind, Role
from partners.forms import OrganisationSearchForm
from partners.models import Affiliation, Invitation, Membership, Organisation
from partners.permissions import Access, invitable_roles, may_hand_over
from partners.selectors.bounces import is_bounced
from partners.sorting import sort_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@dataclass
class Branch:
    """An organisation and everyone below it."""

    organisation: Organisation
    members: "list[Branch]" = field(default_factory=list)


@dataclass(frozen=True)
class KindGroup:
    """Organisations of one kind that belong to nobody else."""

    kind: OrganisationKind
    heading: str
    branches: list[Branch]


@require_safe
def organisation_list(request: "PortalRequest") -> "HttpResponse":
    form = OrganisationSearchForm(request.GET or None)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    context: dict[str, object] = {"form": form, "wanted": wanted}
    if wanted:
        context["found"] = _named(wanted)
    else:
        today = timezone.localdate()
        organisations = list(Organisation.objects.valid(today).select_related("region"))
        context["groups"] = _tree(organisations, today)
        context["count"] = len(organisations)
    return render(request, "partners/organisation_list.html", context)


@require_safe
def organisation_detail(request: "PortalRequest", code: str) -> "HttpResponse":
    organisation = get_object_or_404(Organisation.objects.select_related("region", "successor"), code=code)
    affiliations = Affiliation.objects.order_by("valid_from", "member__sort_key")
    context: dict[str, object] = {
        "organisation": organisation,
        "umbrellas": affiliations.filter(member=organisation).select_related("umbrella"),
        "members": affiliations.filter(umbrella=organisation).select_related("member__region"),
        "aliases": organisation.aliases.exclude(name__in=[organisation.name_de, organisation.short_name]),
        "predecessors": organisation.predecessors.all(),
        "crumbs": [(_("Partners"), reverse("partners:organisation_list"))],
        "may_invite": bool(invitable_roles(request.access, organisation)),
        "sees_people": request.access.sees_organisation(organisation.pk),
    }
    if context["sees_people"]:
        of_this = Membership.objects.current().filter(organisation=organisation)
        memberships = (
            of_this.select_related("user", "organisation")
            .annotate(is_bounced=is_bounced(OuterRef("user__email")))
            .order_by("role", "user__last_name")
        )
        context["memberships"] = [
            (each, may_hand_over(request.access, each), _may_be_viewed(request.access, each))
            for each in memberships
        ]
        context["invitations"] = (
            Invitation.objects.open().filter(organisation=organisation).prefetch_related("mails")
        )
    return render(request, "partners/organisation_detail.html", context)


def _may_be_viewed(access: Access, membership: Membership) -> bool:
    """Whether the link to a view as this person is offered; by their other roles it may yet be refused."""
    is_above = membership.user.is_superuser or membership.role in Role.administering
    return access.manages_data and membership.user_id != access.user_id and not is_above


def _named(wanted: str) -> "QuerySet[Organisation]":
    """Everyone, past ones too, whose code, seat or one of whose names contains what was typed."""
    return (
        Organisation.objects.filter(
            Q(code__icontains=wanted)
            | Q(name_de__icontains=wanted)
            | Q(name_en__icontains=wanted)
            | Q(short_name__icontains=wanted)
            | Q(seat__icontains=wanted)
            | Q(sort_key__contains=sort_key(wanted))
            | Q(aliases__name__icontains=wanted)
        )
        .select_related("region")
        .distinct()
    )


def _tree(organisations: list[Organisation], day: dt.date) -> list[KindGroup]:
    branches = {organisation.pk: Branch(organisation) for organisation in organisations}
    below = set()
    for member_id, umbrella_id in Affiliation.objects.valid(day).values_list("member_id", "umbrella_id"):
        if member_id in branches and umbrella_id in branches:
            branches[umbrella_id].members.append(branches[member_id])
            below.add(member_id)
    roots = defaultdict(list)
    for pk, branch in branches.items():
        branch.members.sort(key=lambda member: member.organisation.sort_key)
        if pk not in below:
            roots[branch.organisation.kind].append(branch)
    return [
        KindGroup(kind, str(KINDS_IN_PLURAL[kind]), roots[kind]) for kind in OrganisationKind if roots[kind]
    ]
