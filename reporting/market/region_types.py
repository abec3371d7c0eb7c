"""Of what type a region's market is: more of a supply problem, more of a filling problem, or both."""

from enum import IntEnum

from reporting.frozen.codes import SHARE_UNFILLED, SHARE_UNSUCCESSFUL
from reporting.market.balance import Balance


class RegionType(IntEnum):
    """The three types of regions, by which of the two shares is above the country's."""

    SUPPLY = 1
    FILLING = 2
    MATCHING = 3


def region_type(region: Balance, country: Balance) -> RegionType | None:
    """The type of a region's market, measured against the country's shares of the same year.

    None where neither share is above the country's, and where one of the four shares is not known.
    """
    pairs = [
        (region.amount(share).value, country.amount(share).value)
        for share in (SHARE_UNSUCCESSFUL, SHARE_UNFILLED)
    ]
    (searching, searching_there), (unfilled, unfilled_there) = pairs
    if searching is None or searching_there is None or unfilled is None or unfilled_there is None:
        return None
    is_short_of_places, is_short_of_applicants = searching > searching_there, unfilled > unfilled_there
    if is_short_of_places and is_short_of_applicants:
        return RegionType.MATCHING
    if is_short_of_places:
        return RegionType.SUPPLY
    return RegionType.FILLING if is_short_of_applicants else None
