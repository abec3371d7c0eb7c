"""The mismatch: why places stay empty while people search, and how many could be offered three."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.permissions import Access
from reporting.dashboards.data import View, ViewData
from reporting.dashboards.filters import REGION, STATUS_OF_DATA, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of
from reporting.dashboards.placing import mismatch_rows
from reporting.dashboards.placing import mismatch_tables as tables
from reporting.dashboards.placing.calculation import Calculation, calculate
from reporting.dashboards.placing.pictures import mismatch_charts
from reporting.dashboards.placing.settings import (
    NEIGHBOURS,
    OCCUPATION_NAMES,
    OFFERS_PER_PLACE,
    OPTIONS,
    REGION_NAMES,
    RELATED,
)
from reporting.mismatch.reach import Occupations, Regions
from reporting.renderers import wording


def load(filters: Filters, access: Access) -> ViewData:
    found = calculate(filters)
    if not found.market.cells:
        return ViewData(
            make_rows=lambda: mismatch_rows.rows(found, filters),
            tables=tuple(tables.missing(found)),
            notes=(
                gettext(
                    "For this year nothing is stated of unfilled places and of people searching by Land and "
                    "group of occupations at once, so nothing can be calculated."
                ),
            ),
            definitions=definitions_of([found.sources.places, found.sources.people]),
        )
    shown = [tables.decomposition(found, filters), tables.offers(found), *tables.binding(found, filters)]
    if filters.region in found.regions:
        shown += [tables.by_land(found, filters), tables.cells(found, filters)]
    elif not filters.region:
        shown += [tables.by_land(found, filters), tables.by_occupation(found)]
    return ViewData(
        make_rows=lambda: mismatch_rows.rows(found, filters),
        charts=tuple(mismatch_charts(found, filters)),
        tables=(*shown, *tables.missing(found)),
        notes=tuple(_notes(found, filters)),
        definitions=definitions_of([found.sources.places, found.sources.people]),
        completeness=_completeness(found),
    )


def _notes(found: Calculation, filters: Filters) -> Iterator[str]:
    yield gettext(
        "Own calculation from the cells of Land and group of occupations; no index of an official source. "
        "It counts for the whole country, whichever Land is shown."
    )
    yield gettext(
        "Decomposition: pairs are first formed within a cell, then with one of region and occupation in "
        "common, then with neither. What is matched is taken from the cells in proportion to what is left "
        "in them."
    )
    yield gettext(
        "Three offers: everybody counted gets three different places offered, and a place is offered to "
        "%(count)s people at most. Offers reach places %(regions)s, %(occupations)s."
    ) % {
        "count": OFFERS_PER_PLACE.of(filters),
        "regions": REGION_NAMES[Regions(NEIGHBOURS.of(filters))],
        "occupations": OCCUPATION_NAMES[Occupations(RELATED.of(filters))],
    }
    if filters.region and filters.region not in found.regions:
        yield gettext("What is stated of no Land has no cells: nothing of it is in this calculation.")
    if found.sources.level == 1:
        yield gettext("The figures are stated by area of occupations; finer groups are not known.")
    for indicator in (found.sources.places, found.sources.people):
        if outside := found.sources.outside(indicator):
            yield gettext("%(indicator)s: %(count)s are stated of no Land or no occupation and left out.") % {
                "indicator": indicator.name,
                "count": wording.number(outside),
            }
    if found.sources.qualities:
        yield gettext("Among these numbers: %(qualities)s.") % {
            "qualities": ", ".join(wording.qualities(found.sources.qualities))
        }


def _completeness(found: Calculation) -> str:
    known, missing = len(found.market.cells), len(found.market.missing)
    return gettext("%(count)s of %(all)s cells of Land and group of occupations have both numbers.") % {
        "count": wording.number(known),
        "all": wording.number(known + missing),
    }


VIEW = View(
    code=mismatch_rows.VIEW,
    title=_("Places and people that do not match"),
    question=_("Why do places stay empty while people search, and how many of them could be offered three?"),
    group=GROUPS.market,
    filters=frozenset({REGION, *STATUS_OF_DATA}),
    options=OPTIONS,
    load=load,
)
