"""Which release prints a number, and its page."""

from collections.abc import Sequence

from django.urls import reverse

from measures.models import ImportRun
from partners.permissions import Access
from reporting.frozen.finding import find_line
from reporting.frozen.links import ID_LENGTH, Counted, FigurePart, PartKind, scope_part
from reporting.models import ProgressReport
from reporting.selectors.public.numbers.counted import counted_page, is_counted_of
from reporting.selectors.public.numbers.indicators import indicator_page
from reporting.selectors.public.numbers.market import market_page
from reporting.selectors.public.numbers.page import Frozen, NumberPage
from reporting.selectors.public.releases import data_of, published
from reporting.selectors.reports import printed_number, trail_address


def releases_of_snapshot(snapshot: str) -> list[ProgressReport]:
    """What was published from the data whose hash begins like this, the release that stands first."""
    if len(snapshot) != ID_LENGTH:
        return []
    found = published().filter(snapshot__sha256__startswith=snapshot).prefetch_related(None)
    return sorted(found, key=lambda report: (report.withdrawn_at is not None, -(report.release or 0)))


def number_page(
    report: ProgressReport, code: str, year: int, parts: Sequence[FigurePart]
) -> NumberPage | None:
    """The number as the report prints it; what is withheld there is withheld here.

    The report of a Land or umbrella prints the numbers of that and of its parts alone.
    """
    data = data_of(report)
    scope = scope_part(data)
    if scope and scope not in parts:
        return None
    frozen = Frozen(data, report.snapshot.sha256 if report.snapshot else "")
    return (
        indicator_page(frozen, code, year, parts)
        or market_page(frozen, code, year, parts)
        or counted_page(frozen, code, year, parts)
    )


def reports_of_snapshot(snapshot: str, access: Access) -> list[ProgressReport]:
    """The reports of these data that a reader of the portal may see, those of the whole Alliance first."""
    if len(snapshot) != ID_LENGTH:
        return []
    visible = ProgressReport.objects.visible_to(access).filter(snapshot__sha256__startswith=snapshot)
    found = visible.select_related("snapshot").defer("snapshot__data").order_by("scope", "-release", "pk")
    return [report for report in found if report.type]


def trail_of(
    reports: Sequence[ProgressReport], code: str, year: int, parts: Sequence[FigurePart], access: Access
) -> str:
    """Where the figures, cells and files behind a number are; empty where none are behind it alone."""
    for report in reports:
        data = data_of(report)
        if printed_number(data, code, year, parts):
            return trail_address(report, code, year, parts)
        if code == Counted.FILES and is_counted_of(data, code, parts):
            source = find_line(data.sources, dict(parts).get(PartKind.LINE, ""))
            return _import_of(source.sha256, access) if source and source.sha256 else ""
    return ""


def _import_of(sha256: str, access: Access) -> str:
    """The last import of a file that the reader may see."""
    runs = ImportRun.objects.visible_to(access).filter(source_file__sha256=sha256)
    run = runs.order_by("-pk").first()
    return reverse("measures:import_detail", args=[run.pk]) if run else ""
