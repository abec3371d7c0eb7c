"""An organisation's peers: those of its kind and size, of which a reader gets the distribution alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from measures.models import Indicator
from partners.permissions import Access
from reporting.aggregates.totals import Totals, load_totals
from reporting.dashboards.comparing.distribution import Distribution, distribution, of_same_size
from reporting.dashboards.figures import Figures, load_figures
from reporting.dashboards.filters import Filters
from reporting.dashboards.organisations import KnownOrganisation, OrganisationTree, load_organisations
from reporting.enums import Standing
from reporting.frozen.schema import Amount

SIZE = "new_contracts"
"""The indicator by which organisations are larger or smaller."""


@dataclass(frozen=True, slots=True)
class PeerLine:
    """The organisation's own amount on an indicator, and how its peers' are spread.

    ``due`` peers are asked, ``reported`` of them have an approved value. No value of a single peer is here.
    """

    indicator: Indicator
    own: Amount
    spread: Distribution | None
    reported: int
    due: int


@dataclass(frozen=True, slots=True)
class Peers:
    """``is_of_size``: whether only those of the same class of size are meant. ``names`` are for reviews."""

    organisation: KnownOrganisation
    lines: tuple[PeerLine, ...]
    count: int
    is_of_size: bool
    names: tuple[KnownOrganisation, ...]


def load_peers(filters: Filters, access: Access, indicators: Sequence[Indicator]) -> Peers | None:
    """None where the organisation stands for others. Only approved values of peers count, of all Länder."""
    tree = load_organisations()
    organisation = tree.by_code[filters.organisation]
    if not access.sees_organisation(organisation.pk):
        raise PermissionDenied
    if tree.has_members(organisation.pk, filters.year):
        return None
    alike = _alike(organisation, tree, filters.year)
    sizes = _sizes(filters, alike | {organisation.pk})
    of_size = of_same_size(organisation.pk, sizes)
    peers = alike if of_size is None else of_size
    own = load_figures(replace(filters, region=""), indicators, [filters.year])
    totals = load_totals(
        indicators=indicators,
        years=[filters.year],
        target_group=filters.target_group,
        standing=Standing.APPROVED,
        as_of=filters.as_of,
    )
    return Peers(
        organisation=organisation,
        lines=tuple(
            _line(each, own, totals, peers) for each in indicators if own.contributions(each, filters.year)
        ),
        count=len(peers),
        is_of_size=of_size is not None,
        names=tuple(each for each in tree.by_code.values() if each.pk in peers) if access.reads_all else (),
    )


def _alike(organisation: KnownOrganisation, tree: OrganisationTree, year: int) -> frozenset[int]:
    """The others of the same kind below the same umbrella that stand for themselves."""
    umbrella = tree.umbrella_of(organisation.pk, year)
    return frozenset(
        each.pk
        for each in tree.by_code.values()
        if each.kind == organisation.kind
        and each.pk != organisation.pk
        and tree.umbrella_of(each.pk, year) == umbrella
        and not tree.has_members(each.pk, year)
    )


def _sizes(filters: Filters, organisations: frozenset[int]) -> dict[int, Decimal]:
    indicator = Indicator.objects.get(code=SIZE)
    totals = load_totals(indicators=[indicator], years=[filters.year], as_of=filters.as_of)
    return {
        contribution.due.organisation_id: amount.value
        for contribution, amount in totals.contributions(SIZE, filters.year)
        if amount.value is not None and contribution.due.organisation_id in organisations
    }


def _line(indicator: Indicator, own: Figures, totals: Totals, peers: frozenset[int]) -> PeerLine:
    year = own.filters.year
    amounts = [
        amount
        for contribution, amount in totals.contributions(indicator.code, year)
        if contribution.due.organisation_id in peers
    ]
    values = [amount.value for amount in amounts if amount.value is not None]
    return PeerLine(indicator, own.amount(indicator, year), distribution(values), len(values), len(amounts))
