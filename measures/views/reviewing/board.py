"""The board of a round: who is missing, as a page and as a file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from measures.forms.board import BoardFilterForm
from measures.models import ReportingRound
from measures.permissions import may_remind
from measures.renderers.tables import PlainTable, as_csv, as_xlsx
from measures.selectors.board.rows import Board, board_of, completed
from measures.selectors.board.table import table_of
from measures.selectors.submission_lists import running_year
from measures.views.own_workbook import WORKBOOK
from measures.views.submissions import PAGE_SIZE, for_review
from partners.middleware import PortalRequest

FORMATS: Mapping[str, tuple[str, Callable[[PlainTable], bytes]]] = MappingProxyType(
    {"csv": ("text/csv; charset=utf-8", as_csv), "xlsx": (WORKBOOK, as_xlsx)}
)


def chosen_board(request: PortalRequest) -> tuple[BoardFilterForm, Board]:
    """What the address asks for, of what this person reviews or oversees."""
    submissions = for_review(request).focused_on(request.access).select_related("organisation__region")
    rounds = list(ReportingRound.objects.all())
    years = [each.year for each in rounds]
    form = BoardFilterForm(request.GET, years=years, running=running_year(rounds) or 0)
    board = board_of(submissions, form.choice)
    form.offer(board.umbrellas)
    return form, board


@require_safe
def review_missing(request: PortalRequest) -> HttpResponse:
    form, board = chosen_board(request)
    page = Paginator(board.rows, 2 * PAGE_SIZE).get_page(request.GET.get("page"))
    shown = completed(page.object_list)
    remindable = {row.submission.pk for row in board.rows if may_remind(request.access, row.submission)}
    context = {
        "form": form,
        "year": form.choice.year,
        "chips": board.chips,
        "page": page,
        "groups": list(board.members(shown)),
        "remindable": remindable,
    }
    return render(request, "measures/board/board.html", context)


@require_safe
def review_missing_file(request: PortalRequest, file_format: str) -> HttpResponse:
    """The same choice as a file, all pages of it."""
    form, board = chosen_board(request)
    year = form.choice.year
    content_type, write = FORMATS[file_format]
    content = write(table_of(completed(board.rows), year))
    name = f"round-{year}.{file_format}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
