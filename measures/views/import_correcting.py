"""Correcting a held row on its page, and applying what was corrected."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.enums import Verdict
from measures.exceptions import MeasuresError
from measures.forms.imports.correcting import CorrectionReasonForm, RowCorrectionForm
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from measures.permissions import may_handle_import
from measures.selectors.imports.rows.showing import shown
from measures.services.imports.errors import RowNotHeldError
from measures.services.imports.writing.correcting import apply_corrected, correct_row, may_be_corrected
from measures.views.import_runs import ImportRequest, find_run, find_visible, page_context
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: ImportRequest, pk: int, row: int) -> HttpResponse:
    """A held row: its text in the file, its problems, and a form to correct it."""
    visible = find_visible(request, pk)
    run = visible.run
    staged = get_object_or_404(visible.rows(), pk=row)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    if not may_be_corrected(run, staged):
        messages.info(request, str(RowNotHeldError.message))
        return redirect("measures:import_detail", run.pk)
    form = filled(request, RowCorrectionForm(request.POST or None, row=staged))
    if request.method == "POST" and form.is_valid():
        return _correct(request, run, staged.pk, form)
    step = 3 if run.status == ImportStatus.READY else 4
    context = page_context(run, step) | {"row": shown(visible, [staged])[0], "form": form}
    return render(request, "measures/imports/row.html", context, status=422 if form.is_bound else 200)


def _correct(request: ImportRequest, run: ImportRun, row_id: int, form: RowCorrectionForm) -> HttpResponse:
    try:
        corrected = correct_row(
            run_id=run.pk,
            row_id=row_id,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            access=request.access,
            corrected=form.corrected(),
        )
    except MeasuresError as error:
        messages.error(request, str(error))
        return redirect("measures:import_detail", run.pk)
    if corrected is not None and corrected.verdict == Verdict.HELD:
        messages.warning(request, _("The value still has errors; they are listed here."))
        return redirect("measures:import_row", run.pk, row_id)
    messages.success(request, _("The value has no errors any more. Nothing is stored until you apply it."))
    return redirect("measures:import_detail", run.pk)


@keeps_posted_form
@require_POST
def import_apply_corrected(request: ImportRequest, pk: int) -> HttpResponse:
    """Write what was corrected since the import was applied."""
    run = find_run(request, pk)
    if not may_handle_import(request.access, run):
        raise PermissionDenied
    form = filled(request, CorrectionReasonForm(request.POST))
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        apply_corrected(
            run_id=run.pk,
            actor=request.user,  # type: ignore[arg-type]  # signed in: login is required everywhere
            access=request.access,
            reason=reason,
        )
    except MeasuresError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The corrected values have been applied."))
    return redirect("measures:import_detail", run.pk)
