"""What is withheld cannot be worked out, whoever tries; and no more is withheld than needed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.disclosure.cells import CellKey, Equation, is_small
from reporting.disclosure.suppression import Tables, choose
from tests.properties import share
from tests.reporting.disclosure.worlds import GROUP, World, places, possible_values, tables, with_rests


def worlds(size: int, most: int, *, with_group: bool = True):
    def place(persons: int):
        return st.tuples(st.just(persons), st.integers(0, persons if with_group else 0))

    counts = st.sampled_from([0, 0, 1, 1, 2, 3, most])
    return st.lists(counts.flatmap(place), min_size=size, max_size=size).map(tuple)


def by_land(*counts: int) -> dict[CellKey, Decimal]:
    """The tables of persons in Länder, without umbrellas and groups."""
    world = tuple((count, 0) for count in counts)
    return tables(world, places(len(counts), 1), with_group=False)


def withheld_lands(*counts: int, **before) -> list[int]:
    """The counts of the Länder that are withheld."""
    values = by_land(*counts)
    return sorted(int(values[cell]) for cell in choose(Tables(values=values, **before)) if cell.region)


def assert_nobody_is_found(world: World, lands: int, umbrellas: int, *, with_group: bool = True):
    where = places(lands, umbrellas)
    values = tables(world, where, with_group=with_group)
    withheld = choose(Tables(values=values))
    printed = {cell: value for cell, value in values.items() if cell.is_printable and cell not in withheld}
    if CellKey() in withheld:
        assert is_small(values[CellKey()])
        return
    possible = possible_values(printed, where, int(values[CellKey()]), with_group=with_group)
    beside = {
        cell.rest
        for cell in values
        if cell.group and cell.is_printable and {cell, cell.without_group} & withheld
    }
    secret = {cell for cell, value in with_rests(values).items() if cell.depth < 3 and is_small(value)}
    for cell in withheld | beside | secret:
        assert max(possible[cell]) >= 3, cell
        assert max(possible[cell]) - min(possible[cell]) >= 3, cell


@given(worlds(3, 6))
def test_trying_every_world_finds_nobody_in_laender_and_a_target_group(world):
    assert_nobody_is_found(world, 3, 1)


@given(worlds(4, 9, with_group=False))
def test_trying_every_world_finds_nobody_in_laender_and_umbrellas(world):
    assert_nobody_is_found(world, 2, 2, with_group=False)


@pytest.mark.long
@given(worlds(4, 6))
def test_trying_every_world_finds_nobody_in_four_laender_and_a_target_group(world):
    assert_nobody_is_found(world, 4, 1)


@pytest.mark.long
@given(worlds(6, 4, with_group=False))
def test_trying_every_world_finds_nobody_in_three_laender_and_two_umbrellas(world):
    assert_nobody_is_found(world, 3, 2, with_group=False)


@pytest.mark.long
@share(1 / 4)
@given(worlds(4, 4))
def test_trying_every_world_finds_nobody_where_all_three_are_crossed(world):
    assert_nobody_is_found(world, 2, 2)


def test_a_small_number_takes_the_smallest_other_one_with_it():
    assert withheld_lands(1, 200, 7, 40) == [1, 7]


def test_two_small_numbers_that_may_be_as_much_as_three_protect_each_other():
    assert withheld_lands(1, 2, 200, 40) == [1, 2]


def test_two_ones_need_a_third():
    assert withheld_lands(1, 1, 200, 40) == [1, 1, 40]


def test_nothing_is_withheld_where_nothing_is_small():
    assert withheld_lands(0, 3, 200, 40) == []


def test_a_reported_zero_is_printed():
    assert 0 not in withheld_lands(0, 1, 7, 40)


@pytest.mark.parametrize(("members", "is_printed"), [(0, True), (7, False), (8, False), (9, True), (5, True)])
def test_all_but_one_or_two_of_a_land_are_as_secret_as_one_or_two(members, is_printed):
    world = ((9, members), (200, 90), (300, 140))
    withheld = choose(Tables(values=tables(world, places(3, 1))))

    assert (CellKey(region="01", group=GROUP) not in withheld) is is_printed
    assert not {CellKey(), CellKey(region="01"), CellKey(group=GROUP)} & withheld


def test_the_total_of_the_alliance_stays_unless_it_is_small_itself():
    assert CellKey() not in choose(Tables(values=by_land(1, 2)))
    assert choose(Tables(values=by_land(1, 0))) == {CellKey(), CellKey(region="01")}


def test_what_may_be_negative_is_small_on_either_side_of_zero():
    values = by_land(-2, 50, 70, -40)

    withheld = choose(Tables(values=values, may_be_negative=True))

    assert {int(values[cell]) for cell in withheld} == {-2, -40}


def test_what_an_earlier_release_withholds_stays_withheld():
    values = by_land(5, 9, 200)
    kept = frozenset({CellKey(region="01"), CellKey(region="02")})

    assert choose(Tables(values=values, withheld_before=kept)) == kept


def test_what_an_earlier_release_prints_protects_nobody():
    """The 7 would be chosen, but everybody knows it."""
    known = frozenset({CellKey(region="03")})

    assert withheld_lands(1, 200, 7, 40, printed_before=known) == [1, 40]


def test_what_earlier_releases_let_know_of_withheld_values_is_reckoned_with():
    """Two Länder together are known from an earlier release, so that a third has to join each new one."""
    values = by_land(5, 9, 1, 30, 200)
    pair = (CellKey(region="01"), CellKey(region="02"))

    withheld = choose(
        Tables(
            values=values,
            withheld_before=frozenset(pair),
            known_before=(Equation(None, pair, Decimal(-14)),),
        )
    )

    assert sorted(values[cell] for cell in withheld) == [1, 5, 9, 30]


def test_what_is_withheld_for_the_sake_of_others_is_protected_as_well():
    """The first choice protects the small numbers and leaves one of its own cells known to be 2 at most."""
    world = ((3, 3), (1, 1), (1, 0), (0, 0), (0, 0), (3, 3))
    values = tables(world, places(3, 2))

    withheld = choose(Tables(values=values))

    assert len(withheld) == 10
    assert len([cell for cell in values if cell.is_printable]) == 18
    assert_nobody_is_found(world, 3, 2)


def test_the_total_of_the_alliance_goes_where_nothing_else_is_left():
    known = frozenset({CellKey(region="02")})

    assert choose(Tables(values=by_land(1, 200), printed_before=known)) == {CellKey(), CellKey(region="01")}


def test_where_nothing_helps_any_more_all_but_the_total_is_withheld():
    known = frozenset({CellKey(), CellKey(region="02")})

    assert choose(Tables(values=by_land(1, 200, 30), printed_before=known)) == {
        CellKey(region="01"),
        CellKey(region="03"),
    }
    assert choose(Tables(values=by_land(1, 200), printed_before=known)) == {CellKey(region="01")}
