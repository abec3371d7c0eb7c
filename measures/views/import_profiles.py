"""What was confirmed of suppliers' files: their profiles and names, to be looked up and forgotten."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from measures.models import ImportProfile, SupplierAlias
from measures.permissions import may_forget
from measures.services.imports.profiles.aliases import delete_alias, meanings
from measures.services.imports.profiles.profiles import delete_profile
from measures.views.import_runs import ImportRequest

PER_PAGE = 50


@require_safe
def profile_list(request: ImportRequest) -> HttpResponse:
    """The layouts of files that are read without a question, per supplier."""
    found = (
        ImportProfile.objects.visible_to(request.access)
        .focused_on(request.access)
        .select_related("supplier", "confirmed_by")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(profile, may_forget(request.access, profile)) for profile in page.object_list]
    return render(request, "measures/imports/profiles.html", _context() | {"page": page, "rows": rows})


@require_safe
def alias_list(request: ImportRequest) -> HttpResponse:
    """What the names and signs of each supplier stand for."""
    found = (
        SupplierAlias.objects.visible_to(request.access)
        .focused_on(request.access)
        .select_related("supplier", "confirmed_by")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    aliases = list(page.object_list)
    rows = [
        (alias, meaning, may_forget(request.access, alias))
        for alias, meaning in zip(aliases, meanings(aliases), strict=True)
    ]
    return render(request, "measures/imports/aliases.html", _context() | {"page": page, "rows": rows})


@require_POST
def profile_delete(request: ImportRequest, pk: int) -> HttpResponse:
    profile = get_object_or_404(ImportProfile.objects.visible_to(request.access), pk=pk)
    if not may_forget(request.access, profile):
        raise PermissionDenied
    delete_profile(profile_id=profile.pk)
    messages.success(request, _("The profile has been deleted; the next file of this layout is asked about."))
    return redirect("measures:import_profiles")


@require_POST
def alias_delete(request: ImportRequest, pk: int) -> HttpResponse:
    alias = get_object_or_404(SupplierAlias.objects.visible_to(request.access), pk=pk)
    if not may_forget(request.access, alias):
        raise PermissionDenied
    delete_alias(alias_id=alias.pk)
    messages.success(request, _("The name has been forgotten."))
    return redirect("measures:import_aliases")


def _context() -> dict[str, object]:
    return {"crumbs": [(_("Import"), reverse("measures:import_list"))]}
