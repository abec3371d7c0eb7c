"""The codes by which frozen data name the numbers of the training market and of the three offers."""

from enum import StrEnum

SURVEY, CHAMBERS = "new_contracts_survey", "new_contracts"
PUBLICLY_FINANCED = "non_company_contracts"
UNFILLED, UNPLACED = "unfilled_30sep", "unplaced_30sep"
WITH_ALTERNATIVE, STILL_SEARCHING = "with_alternative_30sep", "still_searching_30sep"
SUPPLY, COMPANY_SUPPLY = "supply", "supply_company"
DEMAND, DEMAND_EXTENDED, SEARCHING = "demand_classic", "demand_extended", "still_searching"
ANR, EANR = "anr", "eanr"
SHARE_UNFILLED, SHARE_UNSUCCESSFUL = "share_unfilled", "share_unsuccessful"
MATCHING_INDEX = "matching_index"

REGISTERED = "post_registered"
INVITED, APPEARED = "post_invited", "post_appeared"
OFFERED = ("post_offered_1", "post_offered_2", "post_offered_3")
PLACED = ("post_placed_training", "post_placed_eq", "post_placed_other")
THREE = OFFERED[-1]


class PromiseVerdict(StrEnum):
    """Whether the promise of three offers was kept."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    OPEN = "open"  # what is missing could make it either
