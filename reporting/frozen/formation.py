"""How the quantities of the training market are formed: of the catalogue's indicators, and of each other."""

from collections.abc import Iterator, Mapping

from reporting.frozen.codes import (
    ANR,
    CHAMBERS,
    COMPANY_SUPPLY,
    DEMAND,
    DEMAND_EXTENDED,
    EANR,
    MATCHING_INDEX,
    PUBLICLY_FINANCED,
    SEARCHING,
    SHARE_UNFILLED,
    SHARE_UNSUCCESSFUL,
    STILL_SEARCHING,
    SUPPLY,
    SURVEY,
    UNFILLED,
    UNPLACED,
    WITH_ALTERNATIVE,
)

INPUTS = (SURVEY, CHAMBERS, PUBLICLY_FINANCED, UNFILLED, UNPLACED, WITH_ALTERNATIVE, STILL_SEARCHING)
"""The catalogue's indicators that the training market is formed of, in reading order."""

_CONTRACTS = "contracts"
"""Stands for the source of the new contracts."""

_TERMS: Mapping[str, tuple[str, ...]] = {
    SUPPLY: (_CONTRACTS, UNFILLED),
    COMPANY_SUPPLY: (SUPPLY, PUBLICLY_FINANCED),
    DEMAND: (_CONTRACTS, UNPLACED),
    SEARCHING: (UNPLACED, WITH_ALTERNATIVE),
    DEMAND_EXTENDED: (_CONTRACTS, SEARCHING),
}
"""What levels are added up of. Those still searching are as stated, else the sum of both groups."""

TAKEN_AWAY = (PUBLICLY_FINANCED,)
"""The terms that are taken away and not added."""

LEVELS = tuple(_TERMS)
RATIOS: Mapping[str, tuple[str, str]] = {
    ANR: (SUPPLY, DEMAND),
    EANR: (SUPPLY, DEMAND_EXTENDED),
    SHARE_UNFILLED: (UNFILLED, COMPANY_SUPPLY),
    SHARE_UNSUCCESSFUL: (SEARCHING, DEMAND_EXTENDED),
}
"""What is divided by what."""

FACTORS = (SHARE_UNFILLED, SHARE_UNSUCCESSFUL)
"""The index of the matching problem is the product of both shares in per cent."""

QUANTITIES = (*LEVELS, *RATIOS, MATCHING_INDEX)

_FORMED_OF: Mapping[str, tuple[str, ...]] = {**_TERMS, **RATIOS, MATCHING_INDEX: FACTORS}


def formed_of(code: str, *, contracts: str, is_searching_stated: bool) -> tuple[str, ...]:
    """The terms of a level, the two numbers of a ratio or the factors of the index; of an input nothing.

    ``contracts``: the source of the new contracts.
    """
    if code == SEARCHING and is_searching_stated:
        return (STILL_SEARCHING,)
    return tuple(contracts if part == _CONTRACTS else part for part in _FORMED_OF.get(code, ()))


def inputs_of(code: str, *, contracts: str, is_searching_stated: bool) -> Iterator[str]:
    """All the inputs that a quantity is formed of in the end; an input is its own."""
    parts = formed_of(code, contracts=contracts, is_searching_stated=is_searching_stated)
    if not parts:
        yield code
    for part in parts:
        yield from inputs_of(part, contracts=contracts, is_searching_stated=is_searching_stated)
