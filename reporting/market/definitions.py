"""What the quantities of the training market are called, how they are formed, and by whom so defined."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reporting.frozen import codes
from reporting.market.region_types import RegionType

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACT = _("§ 86 of the Vocational Training Act; BIBB")
BIBB = _("BIBB, indicators of the training market")

ANOTHER_SOURCE = _("another source of the new contracts")
"""Why the series of the ratios breaks, where no input is counted anew."""


@dataclass(frozen=True, slots=True)
class QuantityTexts:
    name: "StrOrPromise"
    short_name: "StrOrPromise"
    """For the head of a column."""
    definition: "StrOrPromise"
    source: "StrOrPromise"


QUANTITY_TEXTS: Mapping[str, QuantityTexts] = {
    codes.SUPPLY: QuantityTexts(
        _("Supply of training places"),
        _("Supply"),
        _("New contracts + registered places unfilled on 30 September"),
        ACT,
    ),
    codes.COMPANY_SUPPLY: QuantityTexts(
        _("Company-based supply"),
        _("Company-based supply"),
        _("Supply − contracts that are mainly publicly financed"),
        BIBB,
    ),
    codes.DEMAND: QuantityTexts(
        _("Demand for training places, classic definition"),
        _("Demand, classic"),
        _("New contracts + applicants without a place on 30 September"),
        ACT,
    ),
    codes.SEARCHING: QuantityTexts(
        _("Still searching on 30 September"),
        _("Still searching"),
        _(
            "Applicants without a place + applicants with an alternative who still want one; as published "
            "where it is, else the sum of both"
        ),
        BIBB,
    ),
    codes.DEMAND_EXTENDED: QuantityTexts(
        _("Demand for training places, extended definition"),
        _("Demand, extended"),
        _("New contracts + all applicants still searching on 30 September"),
        ACT,
    ),
    codes.ANR: QuantityTexts(
        _("Supply-demand ratio (ANR)"),
        _("ANR"),
        _("Supply ÷ classic demand × 100; above 100 there are more places than people asking for one"),
        ACT,
    ),
    codes.EANR: QuantityTexts(
        _("Extended supply-demand ratio (eANR)"),
        _("eANR"),
        _("Supply ÷ extended demand × 100; above 100 there are more places than people asking for one"),
        ACT,
    ),
    codes.SHARE_UNFILLED: QuantityTexts(
        _("Share of company places unfilled"),
        _("Share unfilled"),
        _("Unfilled places ÷ company-based supply × 100: how hard it is to fill places"),
        BIBB,
    ),
    codes.SHARE_UNSUCCESSFUL: QuantityTexts(
        _("Share of demand without success"),
        _("Share without success"),
        _("Applicants still searching ÷ extended demand × 100: how hard it is to find a place"),
        BIBB,
    ),
    codes.MATCHING_INDEX: QuantityTexts(
        _("Index of the matching problem"),
        _("Matching index"),
        _("Share unfilled × share without success, both in per cent: from 0 to 10,000"),
        BIBB,
    ),
}

TYPE_NAMES: Mapping[RegionType, "StrOrPromise"] = {
    RegionType.SUPPLY: _("1 – supply problem"),
    RegionType.FILLING: _("2 – filling problem"),
    RegionType.MATCHING: _("3 – matching problem"),
}
TYPE_DEFINITION = _(
    "Measured against Germany in the same year: type 1 (supply problem), if only the share of demand without "
    "success is higher; type 2 (filling problem), if only the share of places unfilled is higher; type 3 "
    "(matching problem), if both are. No type where neither is higher, or where a share is not known."
)
TYPE_SOURCE = _(
    "The three types as in the Ländermonitor berufliche Bildung; the comparison with Germany is ours"
)
