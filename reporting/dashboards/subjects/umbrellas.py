"""Umbrellas and chambers: each umbrella's share in the totals, and below it each member's."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from measures.models import Indicator
from partners.permissions import Access
from reporting.aggregates.totals import Contribution
from reporting.charts.chart import Chart
from reporting.dashboards.data import LinkedNumber, TableHeading, TableLine, View, ViewData, ViewTable
from reporting.dashboards.drawn import chart_code, ranked
from reporting.dashboards.figures import Figures, amount_number, amount_row, load_figures
from reporting.dashboards.filters import MEASURE, ORGANISATION, REGION, STATUS_OF_DATA, TARGET_GROUP, Filters
from reporting.dashboards.groups import GROUPS
from reporting.dashboards.indicators import definitions_of, indicators_of
from reporting.dashboards.links import page_url, trail_url
from reporting.dashboards.organisations import KnownOrganisation, OrganisationTree, load_organisations
from reporting.dashboards.rows import ViewRow
from reporting.frozen.schema import Amount


@dataclass(frozen=True, slots=True)
class _Branch:
    """An organisation at the level shown, with what it and everybody below it stated on each indicator.

    None in place of an amount: nobody in the branch is due. Without an organisation: all whose figures the
    reader does not see on their own, ``size`` of them.
    """

    organisation: KnownOrganisation | None
    size: int
    amounts: tuple[Amount | None, ...]


def load(filters: Filters, access: Access) -> ViewData:
    asked = [each for each in indicators_of(filters) if each.is_asked_by(filters.target_group)]
    figures = load_figures(filters, asked, [filters.year])
    indicators = [each for each in asked if figures.contributions(each, filters.year)]
    tree = load_organisations()
    branches = _branches(indicators, figures, tree, access)
    return ViewData(
        make_rows=lambda: _rows(indicators, branches, figures),
        charts=tuple(_charts(indicators, branches, filters)),
        tables=(_table(indicators, branches, figures, tree),),
        notes=tuple(_notes(branches)),
        definitions=definitions_of(indicators),
    )


def _branches(
    indicators: Sequence[Indicator], figures: Figures, tree: OrganisationTree, access: Access
) -> list[_Branch]:
    """In the order of names; at the end, taken together, what the reader may not see on its own."""
    year = figures.filters.year
    stated: dict[int | None, dict[str, list[Amount]]] = defaultdict(lambda: defaultdict(list))
    hidden: set[int] = set()
    visible = {each.pk for each in tree.visible(access, year)}
    for indicator in indicators:
        for contribution, amount in figures.contributions(indicator, year):
            place = _place(contribution, figures.filters, tree, visible)
            if place is None:
                hidden.add(contribution.due.organisation_id)
            stated[place][indicator.code].append(amount)
    order = [place for place in (*tree.by_pk, None) if place in stated]
    return [
        _Branch(
            tree.by_pk[place] if place is not None else None,
            len(hidden),
            tuple(
                figures.sum(each, stated[place][each.code]) if each.code in stated[place] else None
                for each in indicators
            ),
        )
        for place in order
    ]


def _place(
    contribution: Contribution, filters: Filters, tree: OrganisationTree, visible: AbstractSet[int]
) -> int | None:
    """The organisation under whose name a contribution is shown: the highest of the level that may be seen.

    None where none may.
    """
    line = tree.line_of(contribution.due.organisation_id, filters.year)
    chosen = tree.by_code[filters.organisation].pk if filters.organisation else None
    below = line[line.index(chosen) + 1 :] if chosen in line else line
    return next((pk for pk in below or line[-1:] if pk in visible), None)


def _rows(
    indicators: Sequence[Indicator], branches: Sequence[_Branch], figures: Figures
) -> Iterator[ViewRow]:
    """Each branch that is named, then the total; what is taken together has no code and is the rest."""
    filters = figures.filters
    for branch in branches:
        if branch.organisation:
            for indicator, amount in zip(indicators, branch.amounts, strict=True):
                if amount is not None:
                    yield amount_row(
                        VIEW.code, indicator, amount, filters, organisation=branch.organisation.code
                    )
    if not any(_is_chosen(branch, filters) for branch in branches):
        for indicator in indicators:
            yield amount_row(VIEW.code, indicator, figures.amount(indicator, filters.year), filters)


def _is_chosen(branch: _Branch, filters: Filters) -> bool:
    """Whether this is the row of the organisation of the filters itself, which is then the total as well."""
    return branch.organisation is not None and branch.organisation.code == filters.organisation


def _charts(
    indicators: Sequence[Indicator], branches: Sequence[_Branch], filters: Filters
) -> Iterator[Chart]:
    """What each named branch contributes to an indicator."""
    named = [(branch, branch.organisation) for branch in branches if branch.organisation]
    for place, indicator in enumerate(indicators):
        stated = [
            (
                organisation.name,
                amount,
                _number(indicator, amount, replace(filters, organisation=organisation.code)),
            )
            for branch, organisation in named
            if (amount := branch.amounts[place]) is not None
        ]
        chart = ranked(chart_code("umbrellas", indicator.code), indicator.name, stated)
        if chart and len(stated) > 1:
            yield chart


def _table(
    indicators: Sequence[Indicator], branches: Sequence[_Branch], figures: Figures, tree: OrganisationTree
) -> ViewTable:
    filters = figures.filters
    lines = [_line(indicators, branch, filters, tree) for branch in branches]
    total = TableLine(
        name=gettext("Total"),
        cells=tuple(
            amount_number(figures.amount(each, filters.year), trail_url(each.code, filters), is_brief=True)
            for each in indicators
        ),
        is_total=True,
    )
    chosen = tree.by_code[filters.organisation].name if filters.organisation else ""
    return ViewTable(
        caption=gettext("Members of %(umbrella)s") % {"umbrella": chosen}
        if chosen
        else gettext("Figures by umbrella"),
        headings=(
            TableHeading(gettext("Organisation")),
            *(TableHeading(each.name, is_numeric=True) for each in indicators),
        ),
        lines=(*lines, total) if lines else (),
        note="" if lines else gettext("Nobody is due for this choice."),
    )


def _line(
    indicators: Sequence[Indicator], branch: _Branch, filters: Filters, tree: OrganisationTree
) -> TableLine:
    """A name leads one level down where there is one."""
    organisation = branch.organisation
    if organisation is None:
        name = ngettext("%(count)s more organisation", "%(count)s more organisations", branch.size)
        return TableLine(
            name=name % {"count": branch.size},
            cells=tuple(
                None if amount is None else amount_number(amount, "", is_brief=True)
                for amount in branch.amounts
            ),
        )
    narrowed = replace(filters, organisation=organisation.code)
    is_open = organisation.code != filters.organisation and tree.has_members(organisation.pk, filters.year)
    address = page_url("reporting:view", VIEW.code) + narrowed.query(VIEW.applying)
    return TableLine(
        name=organisation.name,
        url=address if is_open else "",
        cells=tuple(
            None if amount is None else _number(indicator, amount, narrowed)
            for indicator, amount in zip(indicators, branch.amounts, strict=True)
        ),
    )


def _number(indicator: Indicator, amount: Amount, filters: Filters) -> LinkedNumber:
    return amount_number(amount, trail_url(indicator.code, filters), is_brief=True)


def _notes(branches: Sequence[_Branch]) -> Iterator[str]:
    if any(branch.organisation is None for branch in branches):
        yield gettext("Your role shows the figures of your own organisations; all others are taken together.")


VIEW = View(
    code="umbrellas",
    title=_("Umbrellas and chambers"),
    question=_("What does each umbrella contribute, and each chamber below it?"),
    group=GROUPS.places,
    filters=frozenset({REGION, ORGANISATION, MEASURE, TARGET_GROUP, *STATUS_OF_DATA}),
    load=load,
)
