"""Handing over the work of somebody who leaves an organisation: what is open, who goes on, from when."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.permissions import may_see_import
from measures.selectors.people.open_work import open_work
from measures.views.submissions import signed_in
from partners.enums import Role
from partners.exceptions import EndsBeforeItBeganError, NothingToHandOverError
from partners.forms import HandOverForm
from partners.models import Membership, Organisation, User
from partners.permissions import invitable_roles
from partners.services import hand_overs
from partners.sign_in.events import sender_of
from partners.sign_in.kept_forms import filled, keeps_posted_form
from partners.tasks import send_mails_after_commit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from partners.middleware import PortalRequest


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: "PortalRequest", code: str, person: int) -> "HttpResponse":
    organisation = get_object_or_404(Organisation, code=code)
    if not invitable_roles(request.access, organisation):
        raise PermissionDenied(_("You may not end anybody's roles in this organisation."))
    leaving = get_object_or_404(User, pk=person)
    roles = hand_overs.roles_to_end(person=leaving, organisation=organisation, actor=signed_in(request))
    if not roles:
        raise Http404  # whoever is not there, or is above this person, is not found
    open_things = open_work(leaving, _reach(organisation, roles), organisation.pk)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        colleagues=_colleagues(organisation, leaving),
        has_invitations=bool(open_things.invitations),
    )
    form = filled(request, form)
    if form.is_valid() and _hand_over(request, form, leaving, organisation):
        return redirect("partners:organisation_detail", code)
    context = {
        "form": form,
        "person": leaving,
        "organisation": organisation,
        "roles": roles,
        "open": open_things,
        "imports": [(run, may_see_import(request.access, run)) for run in open_things.imports],
        "crumbs": [
            (_("Partners"), reverse("partners:organisation_list")),
            (organisation.short_name, reverse("partners:organisation_detail", args=[code])),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/people/hand_over.html", context, status=status)


def _hand_over(
    request: "PortalRequest", form: HandOverForm, person: User, organisation: Organisation
) -> bool:
    data = form.cleaned_data
    with transaction.atomic():
        try:
            hand_overs.hand_over(
                person=person,
                organisation=organisation,
                last_day=data["last_day"],
                successors=data["successors"],
                addresses=data["addresses"],
                withdraws_invitations=data["withdraws_invitations"],
                actor=signed_in(request),
                sender=sender_of(request),
                link_for=lambda token: request.build_absolute_uri(
                    reverse("partners:invitation_open", args=[token])
                ),
            )
        except EndsBeforeItBeganError as error:
            form.add_error("last_day", str(error))
            return False
        except NothingToHandOverError as error:  # somebody else was quicker
            form.add_error(None, str(error))
            return False
        send_mails_after_commit()
    messages.success(
        request,
        _("The work of %(person)s is handed over. Everybody concerned gets a mail.") % {"person": person},
    )
    return True


def _colleagues(organisation: Organisation, leaving: User) -> "QuerySet[User]":
    there = Membership.objects.active().filter(organisation=organisation, valid_until=None)
    return User.objects.filter(pk__in=there.values("user")).exclude(pk=leaving.pk)


def _reach(organisation: Organisation, roles: "Sequence[Membership]") -> set[int]:
    """The organisations that the roles are about: its members as well where they coordinate."""
    if any(membership.role == Role.COORDINATOR for membership in roles):
        found = Organisation.objects.filter(pk=organisation.pk).with_descendants()
        return set(found.values_list("pk", flat=True))
    return {organisation.pk}
