"""What the reader sets beside what the filters show."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reporting.aggregates.regions import region_label
from reporting.dashboards.options import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from reporting.dashboards.choices import Choices


class Beside(StrEnum):
    YEAR = "year"
    REGION = "region"
    PEERS = "peers"


NAMES: "dict[Beside, StrOrPromise]" = {
    Beside.YEAR: _("another year"),
    Beside.REGION: _("another Land"),
    Beside.PEERS: _("the organisation's peers"),
}


def _beside(choices: "Choices") -> "Sequence[tuple[str, StrOrPromise]]":
    return [(beside.value, name) for beside, name in NAMES.items()]


def _years(choices: "Choices") -> "Sequence[tuple[str, StrOrPromise]]":
    return [("", _("The year before")), *((str(year), str(year)) for year in choices.years)]


def _regions(choices: "Choices") -> "Sequence[tuple[str, StrOrPromise]]":
    regions = choices.regions.items()
    return [("", _("All Länder")), *((code, region_label(region)) for code, region in regions)]


BESIDE = Option(name="with", label=_("Compare with"), choices=_beside, default=Beside.YEAR.value)
OTHER_YEAR = Option(name="other_year", label=_("Other year"), choices=_years, default="")
OTHER_REGION = Option(name="other_region", label=_("Other Land"), choices=_regions, default="")

OPTIONS = (BESIDE, OTHER_YEAR, OTHER_REGION)
