"""Which release prints a number, and its page."""

from collections.abc import Sequence

from partners.permissions import Access
from reporting.frozen.links import ID_LENGTH, FigurePart, scope_part
from reporting.models import ProgressReport
from reporting.selectors.public.numbers.counted import counted_page
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


def trail_of(reports: Sequence[ProgressReport], code: str, year: int, parts: Sequence[FigurePart]) -> str:
    """Where the figures, cells and files behind an indicator's number are; empty where it is none of one."""
    for report in reports:
        if printed_number(data_of(report), code, year, parts):
            return trail_address(report, code, year, parts)
    return ""
