"""The discussion of a submission: its comments and their files."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.enums import Side
from measures.exceptions import AttachmentRefusedError
from measures.forms.reviewing import CommentForm
from measures.models import Submission
from measures.selectors.discussion import attachments_of, comments_of
from measures.selectors.entry_grid import EntryCell, empty_grid
from measures.services.discussion import add_comment, side_of
from measures.views.submissions import find_submission, signed_in
from partners.middleware import PortalRequest
from partners.sign_in.kept_forms import filled, keeps_posted_form


@keeps_posted_form
@require_http_methods(["GET", "HEAD", "POST"])
def submission_discussion(request: PortalRequest, pk: int) -> HttpResponse:
    """What has been written; with POST a comment is added."""
    submission = find_submission(request, pk)
    side = side_of(request.access, submission)
    cells = empty_grid(submission).cells
    is_post = request.method == "POST"
    form = CommentForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        cells=cells.values(),
        initial={"cell": request.GET.get("cell", "")},
    )
    form = filled(request, form)
    if is_post:
        if side is None:
            raise PermissionDenied
        if form.is_valid() and _is_sent(request, submission, side, form, cells):
            messages.success(request, _("Your comment has been sent."))
            return redirect("measures:submission_discussion", pk=pk)
    rows = [(comment, cells.get(comment.cell_name)) for comment in comments_of(submission)]
    context = {"submission": submission, "rows": rows, "form": form, "may_write": side is not None}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_post else HTTPStatus.OK
    return render(request, "measures/submission_discussion.html", context, status=status)


def _is_sent(
    request: PortalRequest,
    submission: Submission,
    side: Side,
    form: CommentForm,
    cells: Mapping[str, EntryCell],
) -> bool:
    """Send the comment; False, with the reason at its field, if its file is not taken."""
    cell = cells.get(form.cleaned_data["cell"])
    try:
        add_comment(
            submission=submission,
            access=request.access,
            author=signed_in(request),
            side=side,
            text=form.cleaned_data["text"],
            cell=(cell.item.pk, cell.key.region, cell.key.target_group) if cell else None,
            upload=form.cleaned_data["file"],
        )
    except AttachmentRefusedError as error:
        form.add_error("file", str(error))
        return False
    return True


@require_safe
def submission_attachment(request: PortalRequest, pk: int, attachment: int) -> FileResponse:
    """A file of the discussion, to be saved, never shown."""
    found = get_object_or_404(attachments_of(find_submission(request, pk)), pk=attachment)
    return FileResponse(
        found.content.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
