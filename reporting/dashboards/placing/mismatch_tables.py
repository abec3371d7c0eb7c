"""The tables of the mismatch: the decomposition, three offers, what limits them, and the cells left out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, ViewTable
from reporting.dashboards.filters import Filters
from reporting.dashboards.links import page_url, trail_url
from reporting.dashboards.placing import mismatch_rows
from reporting.dashboards.placing.calculation import Calculation
from reporting.dashboards.placing.mismatch_rows import cells_of, exact, in_land, served_in_land
from reporting.dashboards.placing.settings import ORDER, ORDER_NAMES
from reporting.mismatch.cells import Gap, MarketCell
from reporting.mismatch.decomposition import MismatchKind, SplitOrder
from reporting.mismatch.matching import MatchingOutcome
from reporting.renderers import wording

MOST_HELPFUL = 10
"""So many cells are named in which another place would help."""

KIND_TEXTS = {
    MismatchKind.CHARACTERISTICS: (
        _("In characteristics"),
        _("Same Land and same group of occupations: what does not fit is the company or the applicant."),
    ),
    MismatchKind.REGIONAL: (_("Regional"), _("Same group of occupations, another Land.")),
    MismatchKind.OCCUPATIONAL: (_("Occupational"), _("Same Land, another group of occupations.")),
    MismatchKind.BOTH: (_("Regional and occupational"), _("Another Land and another group of occupations.")),
}
GAP_TEXTS = {
    Gap.UNFILLED: _("unfilled places missing"),
    Gap.SEARCHING: _("people searching missing"),
    Gap.BOTH: _("both missing"),
}


def decomposition(found: Calculation, filters: Filters) -> ViewTable:
    parts = found.decomposition

    def line(name: str, value: Fraction | int, text: str, url: str = "", *, level: int = 0) -> TableLine:
        share = exact(Fraction(value) / parts.meetable) if parts.meetable else None
        return TableLine(
            name=name,
            level=level,
            cells=(
                _whole(value, url),
                wording.percent_with_decimal(share) if share is not None and level else "",
                text,
            ),
        )

    return ViewTable(
        caption=gettext("The parts in numbers (own calculation)"),
        headings=(
            TableHeading(gettext("Part")),
            TableHeading(gettext("Number"), is_numeric=True),
            TableHeading(gettext("Share of the pairs")),
            TableHeading(gettext("What it means")),
        ),
        lines=(
            line(
                gettext("Unfilled places"),
                parts.unfilled,
                gettext("In the cells with both numbers."),
                trail_url(found.sources.places.code, filters, region=""),
            ),
            line(
                gettext("People searching"),
                parts.searching,
                gettext("In the same cells."),
                trail_url(found.sources.people.code, filters, region=""),
            ),
            line(
                gettext("Pairs that could meet"),
                parts.meetable,
                gettext("If neither characteristics nor region nor occupation stood between them."),
            ),
            *(
                line(str(KIND_TEXTS[kind][0]), parts.parts[kind], str(KIND_TEXTS[kind][1]), level=1)
                for kind in MismatchKind
            ),
            line(
                gettext("Places without anybody for them"),
                parts.surplus_places,
                gettext("A problem of filling places alone."),
            ),
            line(
                gettext("People without any place for them"),
                parts.surplus_people,
                gettext("A problem of supply alone."),
            ),
        ),
        note=gettext("Order: %(order)s. The order changes the split. Rounded parts may not add up exactly.")
        % {"order": ORDER_NAMES[SplitOrder(ORDER.of(filters))]},
    )


def offers(found: Calculation) -> ViewTable:
    matching = found.matching
    searching = found.decomposition.searching
    lines = []
    if matching.outcome is MatchingOutcome.SOLVED:
        share = Decimal(matching.at_most) / searching if searching else Decimal(0)
        unreachable = sum(matching.searching[cell] for cell in matching.without_choice)
        lines = [
            TableLine(
                name=gettext("People who could be offered three places, at most"),
                cells=(_whole(matching.at_most), wording.percent_with_decimal(share)),
                is_total=True,
            ),
            TableLine(
                name=gettext("of these certain, counting whole people in every cell"),
                level=1,
                cells=(_whole(matching.at_least), ""),
            ),
            TableLine(
                name=gettext("People with fewer than three different places in reach"),
                cells=(
                    _whole(unreachable),
                    wording.percent_with_decimal(Decimal(unreachable) / searching) if searching else "",
                ),
            ),
        ]
    return ViewTable(
        caption=gettext("Three offers for as many as possible (own calculation)"),
        headings=(
            TableHeading(gettext("Result")),
            TableHeading(gettext("People"), is_numeric=True),
            TableHeading(gettext("Share of those searching")),
        ),
        lines=tuple(lines),
        note=_outcome(found),
    )


def _outcome(found: Calculation) -> str:
    """What limits the result, or why there is none."""
    matching = found.matching
    if matching.outcome is MatchingOutcome.TOO_LARGE:
        return gettext("Not calculated: with so many cells in reach of each other the task is too large.")
    if matching.outcome is MatchingOutcome.OUT_OF_TIME:
        return gettext("Not calculated: no solution was found in the time allowed.")
    short = len(matching.short_of_places)
    served = len(matching.fully_served)
    return " ".join(
        (
            ngettext(
                "In %(count)s cell another place would let more people have three offers.",
                "In %(count)s cells another place would let more people have three offers.",
                short,
            )
            % {"count": wording.number(short)},
            ngettext(
                "In %(count)s cell everybody gets three offers, and one more person would too.",
                "In %(count)s cells everybody gets three offers, and one more person would too.",
                served,
            )
            % {"count": wording.number(served)},
        )
    )


def binding(found: Calculation, filters: Filters) -> Iterator[ViewTable]:
    """What another place would change, where it changes most."""
    matching = found.matching
    cells = matching.short_of_places[:MOST_HELPFUL]
    if cells:
        yield ViewTable(
            caption=gettext("Where another place would help most"),
            headings=(
                TableHeading(gettext("Land and group of occupations")),
                TableHeading(gettext("Unfilled places"), is_numeric=True),
                TableHeading(gettext("People searching"), is_numeric=True),
                TableHeading(
                    gettext("More people with three offers for each further place"), is_numeric=True
                ),
            ),
            lines=tuple(
                TableLine(
                    name=_name(found, cell),
                    cells=(
                        _whole(found.market.unfilled[cell], _trail(found.sources.places, filters, cell)),
                        _whole(found.market.searching[cell], _trail(found.sources.people, filters, cell)),
                        _price(matching.price_of_place[cell]),
                    ),
                )
                for cell in cells
            ),
            note=gettext("Shadow prices of the linear programme: they hold for small changes."),
        )


def _price(price: float) -> LinkedNumber:
    more = exact(price).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole = more.to_integral_value()
    return LinkedNumber(text=wording.number(whole if more == whole else more), is_gap=False)


def by_land(found: Calculation, filters: Filters) -> ViewTable:
    lines = []
    for code, region in found.regions.items():
        cells = cells_of(found, code)
        if not cells or filters.region not in ("", code):
            continue
        of_land = replace(filters, region=code)
        url = page_url("reporting:view", mismatch_rows.VIEW) + of_land.query()
        lines.append(
            TableLine(
                name=region.name,
                url="" if filters.region else url,
                cells=(
                    _whole(
                        sum(found.market.unfilled[cell] for cell in cells),
                        trail_url(found.sources.places.code, of_land),
                    ),
                    _whole(
                        sum(found.market.searching[cell] for cell in cells),
                        trail_url(found.sources.people.code, of_land),
                    ),
                    _whole(in_land(found, MismatchKind.CHARACTERISTICS, code), url),
                    _whole(in_land(found, MismatchKind.OCCUPATIONAL, code), url),
                    _served(found, served_in_land(found, code), url),
                ),
            )
        )
    return ViewTable(
        caption=gettext("By Land"),
        headings=(
            TableHeading(gettext("Land")),
            *_numeric(
                gettext("Unfilled places"),
                gettext("People searching"),
                gettext("Mismatch in characteristics"),
                gettext("Occupational mismatch"),
                gettext("Three offers possible"),
            ),
        ),
        lines=tuple(lines),
    )


def by_occupation(found: Calculation) -> ViewTable:
    regional = found.decomposition.within[MismatchKind.REGIONAL]
    unfilled, searching, served = (
        _sums(numbers) for numbers in (found.market.unfilled, found.market.searching, found.matching.served)
    )
    return ViewTable(
        caption=gettext("By group of occupations"),
        headings=(
            TableHeading(gettext("Group of occupations")),
            *_numeric(
                gettext("Unfilled places"),
                gettext("People searching"),
                gettext("Regional mismatch"),
                gettext("Three offers possible"),
            ),
        ),
        lines=tuple(
            TableLine(
                name=occupation.label,
                cells=(
                    _whole(int(unfilled[code])),
                    _whole(int(searching[code])),
                    _whole(regional.get(code, Fraction())),
                    _served(found, served.get(code, 0.0)),
                ),
            )
            for code, occupation in found.occupations.items()
            if code in unfilled
        ),
    )


def cells(found: Calculation, filters: Filters) -> ViewTable:
    """The cells of the Land chosen."""
    pairs = found.decomposition.within[MismatchKind.CHARACTERISTICS]
    cells = cells_of(found, filters.region)
    return ViewTable(
        caption=gettext("Groups of occupations in %(land)s") % {"land": found.regions[filters.region].name},
        headings=(
            TableHeading(gettext("Group of occupations")),
            *_numeric(
                gettext("Unfilled places"),
                gettext("People searching"),
                gettext("Mismatch in characteristics"),
                gettext("Three offers possible"),
            ),
        ),
        lines=tuple(
            TableLine(
                name=found.occupations[cell.occupation].label,
                cells=(
                    _whole(found.market.unfilled[cell], _trail(found.sources.places, filters, cell)),
                    _whole(found.market.searching[cell], _trail(found.sources.people, filters, cell)),
                    _whole(pairs.get(cell, Fraction())),
                    _served(found, found.matching.served.get(cell, 0.0)),
                ),
            )
            for cell in cells
        ),
    )


def missing(found: Calculation) -> Iterator[ViewTable]:
    """The cells that are left out, by Land and by what they lack."""
    missing: dict[tuple[str, Gap], list[str]] = defaultdict(list)
    for cell, gap in found.market.missing.items():
        missing[cell.region, gap].append(cell.occupation)
    if missing:
        yield ViewTable(
            caption=gettext("Not in the calculation"),
            headings=(
                TableHeading(gettext("Land")),
                TableHeading(gettext("Groups of occupations")),
                TableHeading(gettext("What is missing")),
            ),
            lines=tuple(
                TableLine(
                    name=found.regions[region].name,
                    cells=(_occupations(found, codes), str(GAP_TEXTS[gap])),
                )
                for (region, gap), codes in missing.items()
            ),
            note=gettext("A missing number is not taken for zero: these cells count on neither side."),
        )


def _occupations(found: Calculation, codes: list[str]) -> str:
    if len(codes) == len(found.occupations):
        return gettext("all")
    return ", ".join(found.occupations[code].label for code in codes)


def _sums(numbers: Mapping[MarketCell, float]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for cell, value in numbers.items():
        sums[cell.occupation] += value
    return sums


def _name(found: Calculation, cell: MarketCell) -> str:
    return f"{found.regions[cell.region].name}, {found.occupations[cell.occupation].label}"


def _trail(indicator: Indicator, filters: Filters, cell: MarketCell) -> str:
    return trail_url(indicator.code, filters, region=cell.region)


def _served(found: Calculation, count: float, url: str = "") -> LinkedNumber | None:
    return _whole(exact(count), url) if found.matching.outcome is MatchingOutcome.SOLVED else None


def _whole(value: Fraction | Decimal | int, url: str = "") -> LinkedNumber:
    """Rounded half up to people and places."""
    return LinkedNumber(text=whole_number(value), is_gap=False, url=url)


def whole_number(value: Fraction | Decimal | int) -> str:
    number = exact(value) if isinstance(value, Fraction) else Decimal(value)
    return wording.number(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _numeric(*texts: str) -> Iterable[TableHeading]:
    return (TableHeading(text, is_numeric=True) for text in texts)
