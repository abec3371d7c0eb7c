"""One import, found for whoever may see it; what all pages of the import begin with."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from measures.models import ImportRun
from measures.selectors.visible_imports import VisibleImport, visible_import
from partners.middleware import PortalRequest


class ImportRequest(PortalRequest):
    htmx: HtmxDetails


def find_run(request: ImportRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.access)
    run: ImportRun = get_object_or_404(
        runs.select_related("source_file", "supplier", "created_by", "applied_by"), pk=pk
    )
    return run


def find_visible(request: ImportRequest, pk: int) -> VisibleImport:
    """The import with as much of it as this person may see."""
    return visible_import(find_run(request, pk), request.access)


def page_context(run: ImportRun, step: int) -> dict[str, object]:
    """What the frame around every page of an import needs."""
    return {
        "run": run,
        "steps": [_("File"), _("Columns"), _("Preview"), _("Apply")],
        "current_step": step,
        "crumbs": [(_("Import"), reverse("measures:import_list"))],
    }
