"""The best that offers could reach, against every possibility tried, and against an exact solution."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.mismatch.cells import MarketCell, MarketCells
from reporting.mismatch.matching import OFFERS, Matching, MatchingOutcome, best_matching
from reporting.mismatch.reach import NEIGHBOURS, Occupations, Regions, reachable

CELLS = (MarketCell("01", "43"), MarketCell("02", "43"), MarketCell("03", "43"))
Reach = Mapping[MarketCell, Sequence[MarketCell]]


def solve(unfilled: Sequence[int], searching: Sequence[int], offers_per_place: int = 3, **limits) -> Matching:
    return best_matching(market(unfilled, searching), _everywhere(len(unfilled)), offers_per_place, **limits)


def market(unfilled: Sequence[int], searching: Sequence[int]) -> MarketCells:
    return MarketCells(
        dict(zip(CELLS, unfilled, strict=False)), dict(zip(CELLS, searching, strict=False)), {}
    )


def _everywhere(count: int) -> Reach:
    return dict.fromkeys(CELLS[:count], CELLS[:count])


def test_every_place_can_be_offered_to_three_people():
    """Three places are nine offers: three people with three offers each."""
    found = solve([3], [5])

    assert (found.at_most, found.at_least, found.outcome) == (3, 3, MatchingOutcome.SOLVED)
    assert found.short_of_places == [CELLS[0]]
    assert found.price_of_place[CELLS[0]] == pytest.approx(1)
    assert found.fully_served == []


def test_of_cells_where_a_place_helps_as_much_the_one_with_most_people_left_comes_first():
    alone = {cell: [cell] for cell in CELLS}

    found = best_matching(market([3, 3, 30], [4, 9, 9]), alone)

    assert found.short_of_places == [CELLS[1], CELLS[0]]
    assert found.fully_served == [CELLS[2]]


def test_where_places_abound_people_are_what_limits():
    found = solve([30], [5])

    assert found.at_most == 5
    assert found.fully_served == [CELLS[0]]
    assert found.short_of_places == []


def test_nobody_gets_three_offers_from_fewer_than_three_places():
    found = solve([2], [5], offers_per_place=99)

    assert found.at_most == 0
    assert found.without_choice == (CELLS[0],)


def test_a_neighbour_helps_only_where_offers_may_go_there():
    alone, together = Regions.OWN, Regions.ADJACENT
    given_market = market([0, 6], [4, 0])

    found = [
        best_matching(given_market, reachable(given_market.cells, regions, Occupations.SAME)).at_most
        for regions in (alone, together)
    ]

    assert found == [0, 4]


def test_a_programme_that_is_too_large_or_too_slow_gives_no_number():
    too_large = solve([3, 3], [3, 3], most_pairs=3)
    too_slow = solve([3, 3], [3, 3], seconds=0.0)

    assert (too_large.outcome, too_large.served) == (MatchingOutcome.TOO_LARGE, {})
    assert (too_slow.outcome, too_slow.served) == (MatchingOutcome.OUT_OF_TIME, {})


def test_without_people_or_places_there_is_nothing_to_offer():
    assert solve([5], [0]).people == solve([0], [5]).people == 0


cases = st.integers(1, 3).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 7), min_size=size, max_size=size),
        st.lists(st.integers(0, 6), min_size=size, max_size=size),
        st.lists(st.sets(st.integers(0, size - 1)), min_size=size, max_size=size),
        st.integers(1, 4),
    )
)


@given(cases)
@settings(max_examples=60)
def test_the_programme_finds_the_exact_optimum(case):
    """By max-flow min-cut the offers drop out: what is left is small enough for every corner to be tried."""
    unfilled, searching, near, offers_per_place = case
    reach = {CELLS[at]: [CELLS[to] for to in sorted(there | {at})] for at, there in enumerate(near)}
    given_market = market(unfilled, searching)

    found = best_matching(given_market, reach, offers_per_place)

    assert found.people == pytest.approx(float(exact_optimum(given_market, reach, offers_per_place)))
    assert found.at_most >= found.at_least > found.people - len(CELLS)
    assert all(
        found.served[cell] == pytest.approx(searching[CELLS.index(cell)]) for cell in found.fully_served
    )


@given(
    st.lists(st.integers(0, 3), min_size=2, max_size=2),
    st.lists(st.integers(0, 2), min_size=2, max_size=2),
    st.integers(1, 3),
)
@settings(max_examples=40)
def test_no_way_of_handing_out_whole_offers_reaches_more(unfilled, searching, offers_per_place):
    found = solve(unfilled, searching, offers_per_place)

    best = max(
        sum(people)
        for people in product(*(range(count + 1) for count in searching))
        if can_be_offered(people, unfilled, offers_per_place)
    )

    assert found.at_least <= best <= found.at_most


def test_the_price_of_a_place_is_what_one_more_place_changes():
    """Many places and people, so that one more is small: then the price holds for a whole one."""
    before, after = solve([10, 4], [40, 9]), solve([11, 4], [40, 9])

    assert after.people - before.people == pytest.approx(before.price_of_place[CELLS[0]])


def test_a_common_border_is_common():
    assert all(region in NEIGHBOURS[other] for region, near in NEIGHBOURS.items() for other in near)
    assert len(NEIGHBOURS) == 16
    assert NEIGHBOURS["11"] == {"12"}
    assert sum(map(len, NEIGHBOURS.values())) == 2 * 29


def test_offers_reach_related_occupations_only_where_that_is_asked():
    it, electronics, care = MarketCell("01", "43"), MarketCell("01", "41"), MarketCell("01", "81")
    cells = [it, electronics, care]

    assert reachable(cells, Regions.OWN, Occupations.SAME)[it] == [it]
    assert set(reachable(cells, Regions.OWN, Occupations.AREA)[it]) == {it, electronics}


def exact_optimum(given_market: MarketCells, reach: Reach, offers_per_place: int) -> Fraction:
    """The best corner of: for each set of cells Σ n × max(0, 3 − places in reach beyond) ≤ q × its places."""
    cells = list(given_market.cells)
    limits = [
        ([Fraction(cell == each) for each in cells], Fraction(given_market.searching[cell])) for cell in cells
    ]
    limits += [([-Fraction(cell == each) for each in cells], Fraction(0)) for cell in cells]
    for chosen in _subsets(cells):
        weights = [
            Fraction(
                max(0, OFFERS - sum(given_market.unfilled[to] for to in reach[cell] if to not in chosen))
            )
            for cell in cells
        ]
        limits.append((weights, Fraction(offers_per_place * sum(given_market.unfilled[to] for to in chosen))))
    corners = (_corner(each) for each in combinations(limits, len(cells)))
    return max(sum(point) for point in corners if point and _holds(point, limits))


def _subsets(cells: Sequence[MarketCell]) -> Iterator[tuple[MarketCell, ...]]:
    return chain.from_iterable(combinations(cells, size) for size in range(len(cells) + 1))


def _holds(point: Sequence[Fraction], limits: Sequence[tuple[Sequence[Fraction], Fraction]]) -> bool:
    return all(
        sum(weight * value for weight, value in zip(weights, point, strict=True)) <= most
        for weights, most in limits
    )


def _corner(limits: Sequence[tuple[Sequence[Fraction], Fraction]]) -> list[Fraction] | None:
    """Where these limits meet, by elimination; None where they do not meet in one point."""
    rows = [[*weights, most] for weights, most in limits]
    for at in range(len(rows)):
        pivot = next((row for row in rows[at:] if row[at]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        rows.insert(at, [value / pivot[at] for value in pivot])
        for other in range(len(rows)):
            if other != at and (factor := rows[other][at]):
                rows[other] = [
                    value - factor * known for value, known in zip(rows[other], rows[at], strict=True)
                ]
    return [row[-1] for row in rows]


def can_be_offered(people: Sequence[int], unfilled: Sequence[int], offers_per_place: int) -> bool:
    """Whether so many people of two cells can get three offers each: every way is tried."""
    ways = [
        [
            (here, OFFERS * count - here)
            for here in range(OFFERS * count + 1)
            if here <= count * unfilled[0] and OFFERS * count - here <= count * unfilled[1]
        ]
        for count in people
    ]
    return any(
        all(
            sum(into) <= offers_per_place * places
            for into, places in zip(zip(*way, strict=True), unfilled, strict=True)
        )
        for way in product(*ways)
    )
