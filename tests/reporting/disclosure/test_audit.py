"""The audit passes what is protected, and finds every leak."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given

from reporting.disclosure.audit import Leak, LeakFinding, audit_edition
from reporting.disclosure.cells import CellKey
from reporting.disclosure.choosing import choose_cells
from reporting.disclosure.earlier import recall
from reporting.disclosure.printed import printed_tables
from reporting.disclosure.suppression import Tables, choose
from reporting.frozen.contents import ChangeRow, Changes, Market, MarketSeries, Offers, OfferStage
from reporting.frozen.schema import (
    ControlTotalData,
    DisclosureData,
    RatioTargetData,
    Remark,
    SnapshotData,
    Text,
)
from tests.properties import share
from tests.reporting.disclosure.editions import INDICATOR, YEAR, edition, with_total
from tests.reporting.disclosure.test_suppression import by_land, worlds
from tests.reporting.disclosure.worlds import GROUP, World, places, possible_values, tables
from tests.reporting.sample_snapshot import told, withheld

NAME = Text(de="Eintritte", en="Starts")
FIRST, SECOND, THIRD = (CellKey(region=code) for code in ("01", "02", "03"))


def leaks(snapshot: SnapshotData, *earlier: SnapshotData) -> list[tuple[Leak, CellKey]]:
    return [(finding.leak, finding.cell) for finding in audit_edition(snapshot, earlier)]


def kinds(snapshot: SnapshotData, *earlier: SnapshotData) -> set[Leak]:
    return {leak for leak, _cell in leaks(snapshot, *earlier)}


def assert_leaks_are_found(world: World, lands: int, umbrellas: int):
    """Printing one of the withheld cells is a leak if trying every world narrows another one."""
    where = places(lands, umbrellas)
    values = tables(world, where)
    secret = choose(Tables(values=values))
    assert leaks(edition(values, secret)) == []
    for cell in sorted(secret):
        rest = secret - {cell}
        if not rest or CellKey() in rest:
            continue
        printed = {each: value for each, value in values.items() if each.is_printable and each not in rest}
        possible = possible_values(printed, where, int(values[CellKey()]))
        if any(max(possible[each]) - min(possible[each]) < 3 or max(possible[each]) < 3 for each in rest):
            assert leaks(edition(values, rest)) != [], cell


@share(1 / 3)
@given(worlds(3, 6))
def test_the_audit_passes_what_was_chosen_and_finds_each_cell_that_gives_somebody_away(world):
    assert_leaks_are_found(world, 3, 1)


@pytest.mark.long
@share(1 / 10)
@given(worlds(4, 5))
def test_the_audit_finds_what_crossed_tables_of_groups_and_umbrellas_give_away(world):
    assert_leaks_are_found(world, 2, 2)


def test_a_printed_small_number_is_found():
    assert leaks(edition(by_land(1, 50, 70))) == [(Leak.SMALL, FIRST)]


def test_a_small_number_beside_a_group_is_found():
    values = tables(((9, 7), (50, 20)), places(2, 1))

    assert (Leak.SMALL_REST, CellKey(region="01", group=GROUP, is_rest=True)) in leaks(edition(values))


def test_a_cell_that_follows_from_the_total_is_found_with_its_value():
    (finding,) = audit_edition(edition(by_land(1, 50, 70), {FIRST}))

    assert finding == LeakFinding(
        leak=Leak.NARROW, indicator=INDICATOR, year=YEAR, cell=FIRST, low=Decimal(1), high=Decimal(1)
    )


@pytest.mark.parametrize(("other", "found"), [(0, True), (1, True), (2, False), (9, False)])
def test_two_withheld_cells_must_together_be_three_at_least(other, found):
    """Everybody sees what they are together."""
    snapshot = edition(by_land(1, other, 70), {FIRST, SECOND})

    assert ({Leak.NARROW} == kinds(snapshot)) is found


def test_what_crossed_tables_give_away_is_found():
    values = tables(((1, 0), (30, 0), (40, 0), (50, 0)), places(2, 2), with_group=False)
    one_line = {CellKey(region="01", umbrella="U0"), CellKey(region="01", umbrella="U1")}

    assert kinds(edition(values, one_line)) == {Leak.NARROW}
    assert leaks(edition(values, {cell for cell in values if cell.depth == 2})) == []


def test_an_earlier_release_that_prints_another_cell_gives_away_a_withheld_one():
    values = by_land(1, 8, 70)
    now, before = edition(values, {FIRST, SECOND}), edition(values, {FIRST, THIRD})

    assert leaks(now) == leaks(before) == []
    assert leaks(now, before) == [(Leak.NARROW, FIRST), (Leak.NARROW, SECOND), (Leak.NARROW, THIRD)]


def test_an_earlier_release_of_the_same_data_gives_nothing_away():
    snapshot = edition(by_land(1, 8, 70), {FIRST, SECOND})

    assert leaks(snapshot, snapshot, snapshot) == []


def test_a_revision_of_one_land_gives_away_what_its_release_withholds():
    """The second and third are printed as before, so that the first is what the total has grown by."""
    before = edition(by_land(40, 8, 70))
    now = edition(by_land(2, 8, 70), {FIRST, SECOND}, revised={FIRST})

    assert leaks(now) == []
    assert (Leak.NARROW, FIRST) in leaks(now, before)


def test_a_release_that_prints_all_gives_away_what_an_earlier_one_withholds():
    """The first is printed as it was, so that the second was what the old total leaves."""
    before = edition(by_land(5, 1, 70), {FIRST, SECOND})
    now = edition(by_land(5, 8, 70), revised={SECOND})

    assert leaks(now) == []
    assert (Leak.NARROW, SECOND) in leaks(now, before)


def test_what_an_earlier_release_gives_away_itself_does_not_hold_back_the_next():
    values = by_land(1, 50, 70)

    assert leaks(edition(values), edition(values)) == []


def test_a_cell_printed_otherwise_before_is_not_taken_for_the_same():
    before = edition(by_land(40, 8, 70, 5))
    now = edition(by_land(2, 9, 71, 5), {FIRST, SECOND}, revised={FIRST, SECOND})

    assert leaks(now, before) == []


@share(2 / 3)
@given(worlds(4, 8), worlds(4, 8))
def test_a_release_is_protected_against_the_one_before(earlier_world, world):
    """Unless so little has been revised that nothing which may be withheld would help."""
    where = places(4, 1)
    earlier_values = tables(earlier_world, where)
    before = edition(earlier_values, choose(Tables(values=earlier_values)))
    read = printed_tables(before, {INDICATOR})[INDICATOR, YEAR]
    secret, changed = chosen(values := tables(world, where), read)
    now = edition(values, secret, revised=secret & changed)

    found = {finding.cell for finding in audit_edition(now, [before])}

    printed = recall([read], values).printed
    everything = {cell for cell in values if cell.is_printable and cell not in printed} - {CellKey()}
    assert not found or secret >= everything


def chosen(values, *earlier):
    found = choose_cells(values, earlier)
    return found.withheld, found.changed


def unprotected(snapshot: SnapshotData) -> SnapshotData:
    """As it was released before there was any protection."""
    return replace(snapshot, disclosure=None)


def test_a_small_number_that_only_an_unprotected_release_prints_is_withheld_nevertheless():
    """Those who are signed in read that one. This one everybody reads."""
    values = by_land(1, 50, 70, 80)
    old = unprotected(edition(values))

    secret, changed = chosen(values, printed_tables(old, {INDICATOR})[INDICATOR, YEAR])

    assert (secret, changed) == ({FIRST, SECOND}, set())
    assert leaks(edition(values), old) == [(Leak.SMALL, FIRST)]
    assert leaks(edition(values, {FIRST}), old) == [(Leak.NARROW, FIRST)]
    assert leaks(edition(values, secret), old) == []


def test_what_an_unprotected_release_prints_protects_nothing():
    """Its readers know the second, so that the first is what the total leaves."""
    values = by_land(1, 8, 70, 80)
    old = unprotected(edition({FIRST: Decimal(40), SECOND: Decimal(8), CellKey(): Decimal(48)}))
    read = printed_tables(old, {INDICATOR})[INDICATOR, YEAR]

    secret, changed = chosen(values, read)

    assert {FIRST} <= changed
    assert leaks(edition(values, {FIRST, SECOND}, revised={FIRST})) == []
    assert leaks(edition(values, {FIRST, SECOND}, revised={FIRST}), old) == [(Leak.NARROW, FIRST)]
    assert secret == {FIRST, SECOND, THIRD}
    assert leaks(edition(values, secret, revised=secret & changed), old) == []


def test_a_number_revised_once_is_the_same_in_every_release_that_withholds_it():
    """Else the release before would not help to attack this one."""
    values = by_land(1, 8, 70)
    first = edition(by_land(40, 8, 70))
    second = edition(values, {FIRST, SECOND}, revised={FIRST})
    read = [printed_tables(each, {INDICATOR})[INDICATOR, YEAR] for each in (first, second)]

    assert FIRST in recall(read[:1], values).changed
    assert FIRST not in recall(read, values).changed


@pytest.mark.parametrize("disclosure", [None, DisclosureData()])
def test_a_snapshot_that_was_never_protected_or_each_indicator_by_itself_is_not_passed(disclosure):
    assert leaks(replace(edition(by_land(50, 70)), disclosure=disclosure)) == [
        (Leak.NOT_PROTECTED, CellKey())
    ]


def test_tables_that_do_not_add_up_are_not_passed():
    values = by_land(1, 50, 70) | {CellKey(): Decimal(20)}

    assert kinds(edition(values, {FIRST})) == {Leak.CONTRADICTORY}


@pytest.mark.parametrize(("members", "found"), [(4, {Leak.NARROW}), (12, {Leak.CONTRADICTORY})])
def test_a_release_that_withholds_nothing_is_not_passed_either_where_it_does_not_add_up(members, found):
    """It gives away what an earlier one withholds. If it contradicts itself, it cannot be attacked."""
    before = edition(by_land(2, 5, 3), {FIRST, SECOND})
    now = by_land(0, 5, 3) | {CellKey(group=GROUP): Decimal(members)}
    del now[FIRST]

    assert kinds(edition(now, revised={FIRST}), before) == found


@pytest.mark.parametrize(
    "changes",
    [
        {"attainment": Decimal("0.2")},
        {"notes": (Text(de="Kammer X: zwei Personen"),)},
        {"amount": replace(withheld(1, 1), qualities=("below_half_unit",))},
    ],
    ids=["attainment", "note", "flag"],
)
def test_what_follows_from_a_withheld_total_is_found(changes):
    values = by_land(1, 0)
    snapshot = with_total(edition(values, {CellKey(), FIRST}), **changes)

    assert Leak.REVEALED in kinds(snapshot)


def test_a_note_on_a_year_of_which_a_part_is_withheld_is_found():
    """It may speak of the part."""
    remarks = (Remark(text="Kammer X: zwei"),)
    snapshot = with_total(edition(by_land(1, 8, 70), {FIRST, SECOND}), remarks=remarks)

    assert leaks(snapshot) == [(Leak.REVEALED, CellKey())]


def changed(snapshot: SnapshotData, before: int, *reasons: Remark, **row) -> SnapshotData:
    """The edition, saying that its total has read otherwise, or a part of it."""
    total = {
        "indicator": INDICATOR,
        "name": NAME,
        "unit": "persons",
        "year": YEAR,
        "before": told(before, 1, 1),
        "now": snapshot.measures[0].indicators[0].years[0].amount,
        "reasons": reasons,
    }
    row = ChangeRow(**total | row)
    since = datetime(2017, 1, 1, tzinfo=UTC)
    return replace(snapshot, changes=(Changes(year=YEAR, taken_at=since, sha256="0", rows=(row,)),))


def test_the_number_before_a_change_must_have_been_public():
    """Else it is news: what the Länder withhold may follow from it."""
    now, before = edition(by_land(1, 8, 70), {FIRST, SECOND}), edition(by_land(9, 8, 70))

    assert leaks(changed(now, 87)) == [(Leak.REVEALED, CellKey())]
    assert (Leak.REVEALED, CellKey()) in leaks(changed(now, 87), unprotected(before))
    assert (Leak.REVEALED, CellKey()) not in leaks(changed(now, 87), before)


def test_the_change_of_a_part_is_held_to_what_was_public_and_is_printed_now():
    now, before = edition(by_land(1, 8, 70), {FIRST, SECOND}), edition(by_land(9, 8, 70))
    part = {"region": FIRST.region, "now": withheld(1, 1)}

    assert leaks(changed(now, 7, **part), before)[:1] == [(Leak.REVEALED, CellKey())]
    assert (Leak.REVEALED, CellKey()) not in leaks(changed(now, 9, **part), before)
    assert (Leak.REVEALED, CellKey()) in leaks(changed(now, 9, **part | {"now": told(1, 1, 1)}), before)


def test_a_reason_for_the_change_of_a_year_of_which_a_part_is_withheld_is_found():
    now, before = edition(by_land(3, 8, 70), {FIRST, SECOND}), edition(by_land(3, 8, 71), {FIRST, SECOND})

    assert leaks(changed(now, 82), before) == []
    reason = Remark(text="Kammer X: einer weniger")
    assert leaks(changed(now, 82, reason), before) == [(Leak.REVEALED, CellKey())]


def test_an_attainment_against_a_withheld_figure_is_found():
    snapshot = edition(by_land(1, 0), {CellKey(), FIRST})
    indicator = snapshot.measures[0].indicators[0]
    share = replace(
        indicator,
        code="other",
        name=Text(de="Anteil"),
        is_protected=False,
        lands=(),
        years=(
            replace(
                indicator.years[0],
                amount=told(10, 1, 1),
                attainment=Decimal(10),
                ratio=RatioTargetData(goal=Decimal(1), denominator=indicator.name),
            ),
        ),
    )
    measure = replace(snapshot.measures[0], indicators=(indicator, share))
    with_share = replace(snapshot, measures=(measure, *snapshot.measures[1:]))

    assert [finding.indicator for finding in audit_edition(with_share)] == ["other"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {
            "offers": Offers(
                stages=(OfferStage(code=INDICATOR, name=NAME, amount=told(1, 1, 1)),), verdict="open"
            )
        },
        {
            "market": Market(
                years=(YEAR,),
                series=(
                    MarketSeries(
                        code=INDICATOR,
                        name=NAME,
                        form="count",
                        definition=NAME,
                        source=NAME,
                        amounts=(told(1, 1, 1),),
                    ),
                ),
                contracts=NAME,
            )
        },
        {
            "changes": (
                Changes(
                    year=YEAR,
                    taken_at=datetime(2017, 1, 1, tzinfo=UTC),
                    sha256="0",
                    rows=(
                        ChangeRow(
                            indicator=INDICATOR,
                            name=NAME,
                            unit="persons",
                            year=YEAR,
                            before=told(9, 1, 1),
                            now=withheld(1, 1),
                            reasons=(Remark(text="Kammer X: nur eine Person"),),
                        ),
                    ),
                ),
            )
        },
    ],
    ids=["offers", "market", "changes"],
)
def test_a_withheld_total_that_is_printed_elsewhere_is_found(elsewhere):
    snapshot = edition(by_land(1, 0), {CellKey(), FIRST})

    assert leaks(snapshot) == []
    assert kinds(replace(snapshot, **elsewhere)) == {Leak.REVEALED}


def test_a_stated_total_of_persons_is_found():
    total = ControlTotalData(
        file="x.xlsx",
        sheet="1",
        cell="A1",
        indicator=INDICATOR,
        year=YEAR,
        stated=Decimal(2),
        sum=None,
        ok=None,
    )

    assert kinds(replace(edition(by_land(50, 70)), control_totals=(total,))) == {Leak.REVEALED}
