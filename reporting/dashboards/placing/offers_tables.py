"""The tables of the three offers: the way down, the promise, and both by Land and by chamber."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator
from reporting.aggregates.offers import INVITED, PLACED, STAGES, THREE, UNPLACED, PromiseVerdict, Stations
from reporting.aggregates.sums import ratio
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, ViewTable
from reporting.dashboards.figures import amount_number, share_number
from reporting.dashboards.filters import STATUS_OF_DATA, Filters
from reporting.dashboards.links import page_url, trail_url
from reporting.frozen.schema import Amount
from reporting.renderers import wording

OF_CHAMBERS = tuple(code for code in STAGES if code.startswith("post_") and code != "post_registered")
"""The stages that chambers report."""

FEW_CHAMBERS = 25
"""Of more the table shows two stages alone; each chamber's name leads to all of its own."""

VERDICTS = {
    PromiseVerdict.KEPT: _("kept"),
    PromiseVerdict.NOT_KEPT: _("not kept"),
    PromiseVerdict.OPEN: _("cannot be said"),
}


@dataclass(frozen=True, slots=True)
class OffersScope:
    """Whose way is looked at: everybody's under the filters, a Land's or a chamber's, with their codes."""

    name: str
    stations: Stations
    region: str = ""
    organisation: str = ""


def way(whole: OffersScope, indicators: Sequence[Indicator], filters: Filters) -> ViewTable:
    """The stages from top to bottom, each as a share of those invited."""
    amounts = whole.stations.amounts
    after_invitation = list(STAGES).index(INVITED)
    lines = [
        TableLine(
            name=indicator.name,
            level=1 if indicator.code in PLACED else 0,
            cells=(
                _number(whole, indicator.code, filters),
                _share(amounts[indicator.code], amounts[INVITED]) if at > after_invitation else None,
                indicator.source,
            ),
        )
        for at, indicator in enumerate(indicators)
    ]
    still = whole.stations.still_unplaced
    lines.append(
        TableLine(
            name=gettext("Invited and not placed"),
            cells=(
                amount_number(still, trail_url(INVITED, filters), is_brief=True),
                _share(still, amounts[INVITED]),
                gettext("own calculation"),
            ),
            is_total=True,
        )
    )
    return ViewTable(
        caption=gettext("The stages in numbers"),
        headings=(
            TableHeading(gettext("Stage")),
            TableHeading(gettext("Persons"), is_numeric=True),
            TableHeading(gettext("Share of those invited"), is_numeric=True),
            TableHeading(gettext("Source")),
        ),
        lines=tuple(lines),
    )


def promise(
    scopes: Sequence[OffersScope], indicators: Mapping[str, Indicator], filters: Filters
) -> ViewTable:
    return ViewTable(
        caption=gettext("Three offers for everybody: was the promise kept?"),
        headings=(
            TableHeading(gettext("Land")),
            TableHeading(indicators[UNPLACED].name, is_numeric=True),
            TableHeading(indicators[THREE].name, is_numeric=True),
            TableHeading(gettext("Share"), is_numeric=True),
            TableHeading(gettext("Promise")),
        ),
        lines=tuple(
            TableLine(
                name=str(scope.name),
                cells=(
                    _number(scope, UNPLACED, filters),
                    _number(scope, THREE, filters),
                    _share(scope.stations.amounts[THREE], scope.stations.amounts[UNPLACED]),
                    _verdict(scope, indicators),
                ),
                is_total=at == 0,
            )
            for at, scope in enumerate(scopes)
            if at == 0 or any(scope.stations.amounts[code].due for code in (UNPLACED, THREE))
        ),
        note=gettext(
            "Kept: at least as many people got three offers as were without a place. Not kept: too few did, "
            "whatever is still missing. Otherwise it cannot be said."
        ),
    )


def by_land(lands: Sequence[OffersScope], indicators: Sequence[Indicator], filters: Filters) -> ViewTable:
    return ViewTable(
        caption=gettext("The way by Land"),
        headings=(
            TableHeading(gettext("Land")),
            *(TableHeading(each.name, is_numeric=True) for each in indicators),
            TableHeading(gettext("Invited and not placed"), is_numeric=True),
        ),
        lines=tuple(
            TableLine(
                name=land.name,
                cells=(
                    *(_number(land, each.code, filters) for each in indicators),
                    amount_number(land.stations.still_unplaced, "", is_brief=True),
                ),
            )
            for land in lands
        ),
    )


def by_chamber(
    chambers: Sequence[OffersScope], hidden: int, indicators: Mapping[str, Indicator], filters: Filters
) -> ViewTable:
    more = ngettext(
        "%(count)s more chamber is counted in the totals; its figures are for itself, its umbrella and the "
        "review.",
        "%(count)s more chambers are counted in the totals; their figures are for themselves, their umbrella "
        "and the review.",
        hidden,
    )
    shown = OF_CHAMBERS if len(chambers) <= FEW_CHAMBERS else (INVITED, THREE)
    return ViewTable(
        caption=gettext("The way by chamber"),
        headings=(
            TableHeading(gettext("Chamber")),
            *(TableHeading(indicators[code].name, is_numeric=True) for code in shown),
            TableHeading(gettext("Invited and not placed"), is_numeric=True),
            TableHeading(gettext("Three offers, share of those invited"), is_numeric=True),
            TableHeading(gettext("Promise")),
        ),
        lines=tuple(
            TableLine(
                name=chamber.name,
                url=_alone(chamber, filters),
                cells=(
                    *(_number(chamber, code, filters) for code in shown),
                    amount_number(chamber.stations.still_unplaced, "", is_brief=True),
                    _share(chamber.stations.amounts[THREE], chamber.stations.amounts[INVITED]),
                    _verdict(chamber, indicators),
                ),
            )
            for chamber in chambers
        ),
        is_folded=len(chambers) > FEW_CHAMBERS,
        note=more % {"count": wording.number(hidden)} if hidden else "",
    )


def _alone(chamber: OffersScope, filters: Filters) -> str:
    """This view of the chamber alone, with every stage; nowhere from there."""
    if chamber.organisation == filters.organisation:
        return ""
    address = page_url("reporting:view", "offers")
    return address + replace(filters, organisation=chamber.organisation, region="").query()


def _number(scope: OffersScope, code: str, filters: Filters) -> LinkedNumber | None:
    """A number with its way to what it is made of; None where nobody is asked."""
    amount = scope.stations.amounts[code]
    if not amount.due:
        return None
    if scope.organisation and scope.organisation != filters.organisation:
        place = page_url("reporting:figure", code, filters.year, scope.organisation)
        url = place + filters.query(STATUS_OF_DATA)
        return amount_number(amount, url if amount.reported or amount.absences else "", is_brief=True)
    return amount_number(amount, trail_url(code, filters, region=scope.region), is_brief=True)


def _share(part: Amount, whole: Amount) -> LinkedNumber | None:
    """The two numbers beside it lead to what it is made of."""
    return share_number(ratio(part, whole), "") if part.due and whole.due else None


def _verdict(scope: OffersScope, indicators: Mapping[str, Indicator]) -> str:
    """Whether the promise was kept, and what is missing to say so."""
    promise = scope.stations.promise
    lacking = [_lack(indicators[code], scope.stations.amounts[code]) for code in promise.lacking]
    verdict = str(VERDICTS[promise.verdict])
    return f"{verdict} ({'; '.join(lacking)})" if lacking else verdict


def _lack(indicator: Indicator, amount: Amount) -> str:
    """What is missing of an indicator."""
    if not amount.due:
        return gettext("%(indicator)s: not counted here") % {"indicator": indicator.name}
    if amount.is_stated_by_all:
        return gettext("%(indicator)s: parts are missing") % {"indicator": indicator.name}
    return gettext("%(indicator)s: %(coverage)s") % {
        "indicator": indicator.name,
        "coverage": wording.coverage(amount),
    }
