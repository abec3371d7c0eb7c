"""What follows from the tables of other indicators is withheld as well, and found by the audit."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given

from measures.models import Indicator
from reporting.disclosure.audit import Leak, audit_edition
from reporting.disclosure.cells import CellKey, Equation
from reporting.disclosure.choosing import choose_cells
from reporting.disclosure.earlier import recall
from reporting.disclosure.printed import not_applicable, printed_tables
from reporting.disclosure.side_doors import reveals
from reporting.disclosure.suppression import Tables, choose
from reporting.disclosure.tied import equations_between, taken_together, tied
from reporting.frozen.codes import CHAMBERS, SURVEY
from reporting.frozen.contents import LandRatios, Market, MarketSeries
from reporting.frozen.formation import INPUTS, QUANTITIES
from reporting.frozen.schema import (
    AbsenceCount,
    Amount,
    AmountState,
    PartRow,
    RelationData,
    SnapshotData,
    Text,
)
from reporting.market.balance import balance_of, source_of_contracts
from reporting.snapshot.protection import relations_between
from tests.properties import share
from tests.reporting.disclosure.editions import INDICATOR, YEAR, edition, tied_edition, with_indicator
from tests.reporting.disclosure.test_suppression import by_land, worlds
from tests.reporting.disclosure.worlds import World, worlds_of
from tests.reporting.sample_snapshot import told

SEARCHING = ("still_searching_30sep", "unplaced_30sep", "with_alternative_30sep")
BOTH = (RelationData(total=SEARCHING[0], parts=SEARCHING[1:], is_sum=True),)
OFFERS = ("post_offered_1", "post_offered_2", "post_offered_3")
AT_LEAST = tuple(RelationData(total=OFFERS[at], parts=OFFERS[at + 1 : at + 2]) for at in (0, 1))


def of(indicator: str, *counts: int) -> dict[CellKey, Decimal]:
    return {replace(cell, indicator=indicator): value for cell, value in by_land(*counts).items()}


def land(indicator: str, *codes: str) -> set[CellKey]:
    return {CellKey(region=code, indicator=indicator) for code in codes}


def searching(*lands: tuple[int, int]) -> dict[CellKey, Decimal]:
    """By Land, applicants without a place and with an alternative, and both together."""
    without, others = zip(*lands, strict=True)
    both = of(SEARCHING[0], *(sum(each) for each in lands))
    return both | of(SEARCHING[1], *without) | of(SEARCHING[2], *others)


APPLICANTS = searching((1, 20), (8, 30), (70, 40))
OFFERED = of(OFFERS[0], 5, 9, 70) | of(OFFERS[1], 4, 2, 40) | of(OFFERS[2], 4, 0, 30)


def found(snapshot: SnapshotData, *earlier: SnapshotData) -> set[tuple[Leak, str, str]]:
    findings = audit_edition(snapshot, earlier)
    return {(each.leak, each.indicator, each.cell.region) for each in findings}


def test_a_count_that_is_the_difference_of_two_others_is_found():
    """By itself it is protected: the first two Länder stand for each other."""
    secret = land("unplaced_30sep", "01", "02")
    narrow = {(Leak.NARROW, "unplaced_30sep", code) for code in ("01", "02")}

    assert found(tied_edition(APPLICANTS, secret, ())) == set()
    assert found(tied_edition(APPLICANTS, secret, BOTH)) == narrow


def test_a_count_that_lies_between_two_others_is_found():
    """In the first Land between 4 and 5, so that it is 1 or 2 in the second."""
    secret = land("post_offered_2", "01", "02")
    narrow = {(Leak.NARROW, "post_offered_2", code) for code in ("01", "02")}

    assert found(tied_edition(OFFERED, secret, ())) == set()
    assert found(tied_edition(OFFERED, secret, AT_LEAST)) == narrow


@pytest.mark.parametrize(
    ("values", "relations"), [(APPLICANTS, BOTH), (OFFERED, AT_LEAST)], ids=["sum", "at least"]
)
def test_what_would_reveal_it_is_withheld_and_the_totals_are_not(values, relations):
    secret = choose(Tables(values=values, relations=relations))

    assert found(tied_edition(values, secret, relations)) == set()
    assert all(cell.region for cell in secret)
    apart = {cell for cell in secret if cell.indicator == relations[-1].parts[0]}
    assert apart < secret
    assert len(secret) <= 5


@pytest.mark.django_db
def test_what_a_total_contains_is_known_without_one_of_them_that_the_report_lacks():
    """Ten came, and eight of them got one thing: at most two got the other."""
    lacking, *codes = "post_placed_other", "post_appeared", "post_placed_training", "post_placed_eq"
    indicators = Indicator.objects.filter(code__in=codes)
    relations = tuple(relations_between(indicators))
    values = of(codes[0], 10, 90) | of(codes[1], 2, 30) | of(codes[2], 8, 40)
    secret = choose(Tables(values=values, relations=relations))

    assert (Leak.NARROW, codes[1], "01") in found(tied_edition(values, land(codes[1], "01", "02"), relations))
    assert land(codes[1], "01") < secret
    assert secret & (land(codes[0], "01") | land(codes[2], "01"))
    assert found(tied_edition(values, secret, relations)) == set()

    Indicator.objects.filter(code=lacking).update(may_be_negative=True)
    assert relations_between(indicators) == []


def test_an_indicator_that_nothing_is_tied_to_is_protected_as_by_itself():
    other = of("mentored_pupils", 1, 200, 7, 40)
    codes = ["mentored_pupils", *SEARCHING]

    assert tied(codes, BOTH) == [("mentored_pupils",), SEARCHING]
    assert choose(Tables(values=other, relations=BOTH)) == choose(Tables(values=other))
    assert choose(Tables(values=APPLICANTS | other, relations=BOTH)) == choose(
        Tables(values=APPLICANTS, relations=BOTH)
    ) | choose(Tables(values=other))


@share(1 / 3)
@given(worlds(3, 6))
def test_trying_every_world_finds_nobody_among_those_searching(world: World):
    values = searching(*((members, persons - members) for persons, members in world))
    secret = choose(Tables(values=values, relations=BOTH))
    wholes = {cell for cell in values if not cell.region}
    if wholes & secret:
        assert any(0 < values[cell] < 3 for cell in wholes)
        return

    every = worlds_of(int(values[CellKey(indicator=SEARCHING[0])]), 3, with_group=True)

    def counted(cell: CellKey) -> np.ndarray:
        columns = [int(cell.region) - 1] if cell.region else [0, 1, 2]
        both, without = every[:, columns].sum(axis=1), every[:, [3 + at for at in columns]].sum(axis=1)
        return {SEARCHING[0]: both, SEARCHING[1]: without, SEARCHING[2]: both - without}[cell.indicator]

    for cell in values.keys() - secret:
        every = every[counted(cell) == int(values[cell])]
    for cell in secret:
        assert counted(cell).max() >= 3, cell
        assert counted(cell).max() - counted(cell).min() >= 3, cell


def test_a_small_total_takes_another_one_with_it():
    """Else it would be their difference."""
    values = searching((1, 30), (1, 40))
    secret = choose(Tables(values=values, relations=BOTH))

    assert len({cell for cell in secret if not cell.region}) == 2
    assert found(tied_edition(values, secret, BOTH)) == set()


def test_two_releases_that_print_different_indicators_give_away_the_third():
    def withholding(*codes: str) -> SnapshotData:
        return tied_edition(APPLICANTS, set().union(*(land(code, "01", "02") for code in codes)), BOTH)

    before, now = withholding(SEARCHING[1], SEARCHING[0]), withholding(SEARCHING[1], SEARCHING[2])
    read = taken_together(SEARCHING, YEAR, printed_tables(before, SEARCHING))

    assert found(before) == found(now) == set()
    assert (Leak.NARROW, "unplaced_30sep", "01") in found(now, before)
    secret = choose_cells(APPLICANTS, [read], relations=BOTH).withheld
    assert found(tied_edition(APPLICANTS, secret, BOTH), before) == set()


def test_what_somebody_did_not_report_binds_nobody():
    """The parts of fewer organisations are contained in the total; a total of fewer does not contain them."""
    total, *parts = (CellKey(region="01", indicator=code) for code in SEARCHING)
    cells = {total, *parts}

    def bound(*reported: int, among: set[CellKey] = cells, spared: int = 0) -> list[Equation]:
        counts = dict(zip((total, *parts), reported, strict=True))
        return list(equations_between(among, BOTH, counts, {parts[1]: spared}))

    assert bound(2, 2, 2) == [Equation(total, tuple(parts))]
    assert bound(2, 2, 1) == [Equation(total, tuple(parts), is_sum=False)]
    assert bound(1, 2, 2) == []
    assert bound(1, 2, 1) == [Equation(total, (parts[1],), is_sum=False)]
    assert bound(1, 1, 1, among={total, parts[0]}) == [Equation(total, (parts[0],), is_sum=False)]
    assert bound(1, 1, 1, among=set(parts)) == []
    assert bound(2, 2, 1, spared=1) == [Equation(total, tuple(parts))]
    assert bound(2, 2, 3, spared=1) == [Equation(total, (parts[0],), is_sum=False)]
    tenth = (AbsenceCount(state=AmountState.NOT_APPLICABLE, count=1),)
    assert not_applicable(told(5, 9, 10, absences=tenth)) == 1
    known = equations_between({total, parts[0]}, BOTH, {total: 1, parts[0]: 1}, {parts[1]: 1})
    assert list(known) == [Equation(total, (parts[0],))]


def test_a_part_that_does_not_apply_makes_the_total_the_sum_of_the_others():
    """In the first Land nobody can have an alternative, so that those without a place are all who search."""
    of_land = CellKey(region="01", indicator=SEARCHING[2])
    values = of(SEARCHING[0], 8, 60, 90) | of(SEARCHING[1], 8, 2, 50) | of(SEARCHING[2], 0, 58, 40)
    values.pop(of_land)
    secret = choose(Tables(values=values, relations=BOTH, not_applicable={of_land: 1}))

    def printed(withheld_cells) -> SnapshotData:
        snapshot = tied_edition(values, withheld_cells, BOTH)
        *others, last = snapshot.measures[0].indicators
        row = PartRow(
            code="01", name=Text(de="01"), amounts=(Amount(state=AmountState.NOT_APPLICABLE, due=1),)
        )
        return with_indicator(snapshot, *others, replace(last, lands=(row, *last.lands)))

    by_itself = land(SEARCHING[1], "01", "02") | land(SEARCHING[2], "02", "03")
    assert {(Leak.NARROW, SEARCHING[1], code) for code in ("01", "02")} <= found(printed(by_itself))
    assert found(printed(secret)) == set()


def test_a_part_that_nobody_reported_leaves_the_total_at_least_the_others():
    """Ten came, eight were qualified, and nobody says how many got other things: at most two were trained."""
    relations = (RelationData(total="came", parts=("trained", "qualified", "other"), is_sum=True),)
    values = of("came", 10, 90) | of("trained", 2, 30) | of("qualified", 8, 40)
    narrow = tied_edition(values, land("trained", "01", "02"), relations)
    secret = choose(Tables(values=values, relations=relations))

    assert (Leak.NARROW, "trained", "01") in found(narrow)
    assert secret & (land("came", "01") | land("qualified", "01"))
    assert found(tied_edition(values, secret, relations)) == set()


def test_a_relation_that_never_held_makes_no_number_a_revised_one():
    """Of ten people in the first Land two came, say some, and eight were trained, say others: as before."""
    relations = (RelationData(total="came", parts=("trained", "other"), is_sum=True),)
    values = of("came", 2, 9, 90) | of("trained", 8, 30, 40)
    secret = {*land("came", "01", "02"), *land("trained", "01", "02")}
    snapshot = tied_edition(values, secret, relations)
    read = taken_together(("came", "trained"), YEAR, printed_tables(snapshot, ("came", "trained")))
    later = values | of("came", 9, 9, 90) | of("trained", 8, 8, 40)

    assert recall([read], values, relations).changed == set()
    assert recall([read], later, relations).changed >= secret


def test_data_that_contradict_a_relation_are_protected_from_readers_who_believe_it():
    """The first Land's total is stated otherwise; whoever takes it for the sum believes to know a part."""
    values = APPLICANTS | of(SEARCHING[0], 22, 38, 110)
    secret = choose(Tables(values=values, relations=BOTH))

    assert found(tied_edition(values, secret, BOTH)) == set()


def test_a_note_on_an_indicator_that_is_tied_to_what_is_withheld_is_found():
    secret = choose(Tables(values=APPLICANTS, relations=BOTH))
    snapshot = tied_edition(APPLICANTS, secret, BOTH)
    first, *others = snapshot.measures[0].indicators
    noted = replace(first.years[0], notes=(Text(de="eine Unversorgte"),))
    lands = tuple(replace(row, amounts=(told(50, 1, 1),)) for row in first.lands)

    said = with_indicator(snapshot, replace(first, years=(noted,), lands=lands), *others)

    assert (Leak.REVEALED, SEARCHING[0], "") in found(said)


@pytest.mark.parametrize(("quantity", "is_found"), [("anr", True), ("eanr", False)])
def test_a_share_of_the_market_that_is_formed_of_a_withheld_count_is_found(quantity, is_found):
    """The extended ratio takes the total of those searching, which is printed."""
    secret = land(SEARCHING[1], "01", "02") | land(SEARCHING[2], "01", "02")
    snapshot = tied_edition(APPLICANTS, secret, BOTH)
    ratio = LandRatios(code="01", name=Text(de="Land"), amounts=(told(95, 1, 1),))
    market = Market(years=(YEAR,), series=(), contracts=Text(de=""), land_series=(quantity,), lands=(ratio,))

    assert found(snapshot) == set()
    assert bool(found(replace(snapshot, market=market))) is is_found


def with_series(snapshot: SnapshotData, quantity: str) -> SnapshotData:
    """The edition with one quantity of the training market."""
    text = Text(de=quantity)
    series = MarketSeries(
        code=quantity, name=text, form="count", definition=text, source=text, amounts=(told(95, 1, 1),)
    )
    return replace(snapshot, market=Market(years=(YEAR,), series=(series,), contracts=text))


def test_everything_in_the_market_that_is_formed_of_a_withheld_total_is_found():
    """What has no value without that total. In place of two of them others are taken."""
    totals = {CellKey(indicator=code): Decimal(50 * at) for at, code in enumerate(INPUTS, 1)}
    formed: dict[str, list[str]] = {}
    for code, quantity in product(INPUTS, QUANTITIES):
        snapshot = tied_edition(totals, {CellKey(indicator=code)}, ())
        stated = {each.code: each.years[0].amount for each in snapshot.indicators}
        balance = balance_of(stated.__getitem__, contracts=source_of_contracts(stated[SURVEY]))
        is_formed = balance.amount(quantity).value is None

        assert set(reveals(with_series(snapshot, quantity))) == ({(code, YEAR)} if is_formed else set())
        if is_formed:
            formed.setdefault(code, []).append(quantity)

    of_supply = ["supply", "supply_company", "anr", "eanr", "share_unfilled", "matching_index"]
    assert formed == {
        "non_company_contracts": ["supply_company", "share_unfilled", "matching_index"],
        "unfilled_30sep": of_supply,
        "unplaced_30sep": ["demand_classic", "anr"],
    }


@pytest.mark.parametrize("quantity", ["supply", "supply_company", "demand_extended"])
@pytest.mark.parametrize("source", [CHAMBERS, SURVEY])
def test_a_sum_of_the_market_that_is_formed_of_withheld_contracts_is_found(quantity, source):
    """Those of one source, where the other one has none."""
    whole = CellKey(indicator=source)
    snapshot = tied_edition({whole: Decimal(50)}, {whole}, ())

    assert list(reveals(with_series(snapshot, quantity))) == [(source, YEAR)]


def test_an_edition_of_one_indicator_is_attacked_as_before():
    secret = choose(Tables(values=by_land(1, 8, 70)))

    assert {cell.indicator for cell in secret} == {""}
    assert audit_edition(edition(by_land(1, 8, 70), secret)) == []
    assert {each.indicator for each in audit_edition(edition(by_land(1, 8, 70), {CellKey(region="01")}))} == {
        INDICATOR
    }
