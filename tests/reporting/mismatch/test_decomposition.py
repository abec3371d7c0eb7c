"""The decomposition of what does not match, on cells small enough to count by hand."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reporting.mismatch.cells import Gap, MarketCell, MarketCells, market_of
from reporting.mismatch.decomposition import MismatchKind, SplitOrder, decompose

NORTH_IT, NORTH_CARE, SOUTH_IT, SOUTH_CARE = (MarketCell(r, o) for r in ("01", "09") for o in ("43", "81"))
CELLS = (NORTH_IT, NORTH_CARE, SOUTH_IT, SOUTH_CARE)


def market(unfilled: list[int], searching: list[int]) -> MarketCells:
    return MarketCells(dict(zip(CELLS, unfilled, strict=True)), dict(zip(CELLS, searching, strict=True)), {})


def parts(found) -> dict[MismatchKind, Fraction]:
    return {kind: pairs for kind, pairs in found.parts.items() if pairs}


def test_places_and_people_in_one_cell_do_not_meet_for_their_characteristics():
    found = decompose(market([3, 0, 0, 0], [5, 0, 0, 0]))

    assert parts(found) == {MismatchKind.CHARACTERISTICS: 3}
    assert (found.meetable, found.surplus_places, found.surplus_people) == (3, 0, 2)


def test_the_same_occupation_elsewhere_is_a_regional_mismatch():
    assert parts(decompose(market([4, 0, 0, 0], [0, 0, 6, 0]))) == {MismatchKind.REGIONAL: 4}


def test_another_occupation_in_the_same_region_is_an_occupational_mismatch():
    assert parts(decompose(market([4, 0, 0, 0], [0, 2, 0, 0]))) == {MismatchKind.OCCUPATIONAL: 2}


def test_neither_in_common_is_both():
    assert parts(decompose(market([4, 0, 0, 0], [0, 0, 0, 9]))) == {MismatchKind.BOTH: 4}


def test_the_order_decides_what_could_be_either():
    either = market([1, 0, 0, 0], [0, 1, 1, 0])

    assert parts(decompose(either, SplitOrder.REGIONAL)) == {MismatchKind.REGIONAL: 1}
    assert parts(decompose(either, SplitOrder.OCCUPATIONAL)) == {MismatchKind.OCCUPATIONAL: 1}


def test_what_is_matched_is_taken_from_its_cells_in_proportion():
    """Of 2 and 1 places one goes to another Land; 4/3 and 2/3 are left, and the 4/3 meet people in theirs."""
    here, there, elsewhere, care = (
        MarketCell("01", "43"),
        MarketCell("02", "43"),
        MarketCell("03", "43"),
        MarketCell("01", "81"),
    )

    found = decompose(
        MarketCells(
            {here: 2, there: 1, elsewhere: 0, care: 0}, {here: 0, there: 0, elsewhere: 1, care: 5}, {}
        )
    )

    assert parts(found) == {
        MismatchKind.REGIONAL: 1,
        MismatchKind.OCCUPATIONAL: Fraction(4, 3),
        MismatchKind.BOTH: Fraction(2, 3),
    }
    assert found.within[MismatchKind.OCCUPATIONAL] == {"01": Fraction(4, 3)}


counts = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@given(counts, counts, st.sampled_from(SplitOrder))
def test_the_parts_add_up_to_what_could_meet_and_are_never_negative(unfilled, searching, order):
    given_market = market(unfilled, searching)
    found = decompose(given_market, order)

    assert sum(found.parts.values()) == found.meetable
    assert min(found.parts.values()) >= 0
    assert found.parts[MismatchKind.CHARACTERISTICS] == sum(
        min(given_market.unfilled[cell], given_market.searching[cell]) for cell in CELLS
    )
    for kind, pairs in found.parts.items():
        assert sum(found.within[kind].values()) == pairs


@given(counts, counts)
def test_swapping_regions_with_occupations_swaps_the_two_kinds(unfilled, searching):
    straight = decompose(market(unfilled, searching), SplitOrder.REGIONAL)
    turned = decompose(
        MarketCells(
            {MarketCell(c.occupation, c.region): n for c, n in zip(CELLS, unfilled, strict=True)},
            {MarketCell(c.occupation, c.region): n for c, n in zip(CELLS, searching, strict=True)},
            {},
        ),
        SplitOrder.OCCUPATIONAL,
    )

    assert straight.parts[MismatchKind.REGIONAL] == turned.parts[MismatchKind.OCCUPATIONAL]
    assert straight.parts[MismatchKind.OCCUPATIONAL] == turned.parts[MismatchKind.REGIONAL]
    assert straight.parts[MismatchKind.BOTH] == turned.parts[MismatchKind.BOTH]


def test_a_cell_that_lacks_a_number_is_named_and_counts_nothing():
    found = market_of(
        CELLS,
        unfilled={NORTH_IT: Decimal(4), NORTH_CARE: Decimal(2), SOUTH_IT: None},
        searching={NORTH_IT: Decimal(0), SOUTH_IT: Decimal(7), SOUTH_CARE: None},
    )

    assert found.cells == (NORTH_IT,)
    assert (found.unfilled[NORTH_IT], found.searching[NORTH_IT]) == (4, 0)
    assert found.missing == {NORTH_CARE: Gap.SEARCHING, SOUTH_IT: Gap.UNFILLED, SOUTH_CARE: Gap.BOTH}
