"""What a reader may set for the calculation of what does not match."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reporting.dashboards.options import Option
from reporting.mismatch.decomposition import SplitOrder
from reporting.mismatch.reach import Occupations, Regions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django_stubs_ext import StrOrPromise

    from reporting.dashboards.choices import Choices


class People(StrEnum):
    """Who is counted as searching, by the code of the indicator."""

    SEARCHING = "still_searching_30sep"
    UNPLACED = "unplaced_30sep"


UNFILLED = "unfilled_30sep"
MOST_OFFERS = 10

ORDER_NAMES: "dict[SplitOrder, StrOrPromise]" = {
    SplitOrder.REGIONAL: _("first by region, then by occupation"),
    SplitOrder.OCCUPATIONAL: _("first by occupation, then by region"),
}
REGION_NAMES: "dict[Regions, StrOrPromise]" = {
    Regions.OWN: _("in the own Land"),
    Regions.ADJACENT: _("in the own and in adjacent Länder"),
    Regions.ALL: _("in all Länder"),
}
OCCUPATION_NAMES: "dict[Occupations, StrOrPromise]" = {
    Occupations.SAME: _("in the same group of occupations"),
    Occupations.AREA: _("in all occupations of the same area"),
}


def _fixed(
    choices: "Sequence[tuple[str, StrOrPromise]]",
) -> "Callable[[Choices], Sequence[tuple[str, StrOrPromise]]]":
    return lambda _choices: choices


PEOPLE = Option(
    name="people",
    label=_("Who is searching"),
    choices=_fixed(
        [
            (People.SEARCHING.value, _("without a place or with an alternative")),
            (People.UNPLACED.value, _("without a place")),
        ]
    ),
    default=People.SEARCHING.value,
)
ORDER = Option(
    name="order",
    label=_("Order of the decomposition"),
    choices=_fixed([(order.value, name) for order, name in ORDER_NAMES.items()]),
    default=SplitOrder.REGIONAL.value,
)
OFFERS_PER_PLACE = Option(
    name="q",
    label=_("People offered the same place"),
    choices=_fixed([(str(count), str(count)) for count in range(1, MOST_OFFERS + 1)]),
    default="3",
)
NEIGHBOURS = Option(
    name="neighbours",
    label=_("Offers reach places"),
    choices=_fixed([(regions.value, name) for regions, name in REGION_NAMES.items()]),
    default=Regions.OWN.value,
)
RELATED = Option(
    name="occupations",
    label=_("and occupations"),
    choices=_fixed([(occupations.value, name) for occupations, name in OCCUPATION_NAMES.items()]),
    default=Occupations.SAME.value,
)

OPTIONS = (PEOPLE, ORDER, OFFERS_PER_PLACE, NEIGHBOURS, RELATED)
