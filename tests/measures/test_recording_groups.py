"""What the recording grid shows: groups of indicators, cells that make sense, last year, sums."""

import re

import pytest
from django.urls import reverse

from measures.enums import PeriodKind
from measures.models import Indicator, Item
from measures.selectors.entry_grid import entry_grid
from tests.measures.submissions import YEAR, item_of, make_submission, put

pytestmark = pytest.mark.django_db

ADVISED, WON = "companies_advised", "companies_won"


def address(submission, name: str = "submission_detail") -> str:
    return reverse(f"measures:{name}", args=[submission.pk])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def groups_of(submission):
    return {group.code: group for group in entry_grid(submission).groups}


def by_land(submission, indicator: str = "assisted_starts") -> Item:
    item = item_of(submission, indicator)
    item.region_level = "land"
    item.save()
    return item


def test_indicators_are_grouped_by_measure_in_their_order():
    submission = make_submission(indicators=("consultations", ADVISED, "additional_places", "new_contracts"))

    groups = groups_of(submission)

    assert list(groups) == ["M04", "M03"]
    assert [item.indicator.code for item in groups["M04"].tables[0].items] == [
        "additional_places",
        "new_contracts",
    ]
    assert [line.item.indicator.code for line in groups["M03"].lines] == ["consultations"]


def test_rows_are_the_groups_that_any_indicator_of_the_table_is_asked_by():
    submission = make_submission(indicators=(ADVISED, WON))

    [table] = groups_of(submission)["M03"].tables

    assert [row.label for row in table.rows] == [
        "Alle Zielgruppen",
        "Ausbildende Betriebe",
        "Noch nicht ausbildende Betriebe",
        "Betriebe von Inhabern mit Migrationshintergrund",
    ]
    assert not any("-W" in name for name in entry_grid(submission).cells)


def test_cell_of_a_group_that_only_the_other_indicator_is_asked_by_is_left_out():
    submission = make_submission(indicators=("additional_places", "new_contracts"))

    [table] = groups_of(submission)["M04"].tables

    [row] = [row for row in table.rows if row.label == "Am 30. September noch unversorgte Bewerber"]
    assert [cell is not None for cell in row.cells] == [True, False]


def test_group_that_nobody_asks_for_any_more_leaves_the_grid():
    Indicator.objects.filter(code=ADVISED).update(target_groups=["B2"])

    [table] = groups_of(make_submission(indicators=(ADVISED,)))["M03"].tables

    assert [row.label for row in table.rows] == ["Alle Zielgruppen", "Noch nicht ausbildende Betriebe"]


def test_heading_has_unit_period_definition_and_source_in_the_open(client, sign_in):
    sign_in("contributor", "IHK-142")

    Indicator.objects.filter(code="additional_places").update(definition_de="Plätze " * 21)
    page = client.get(address(make_submission(indicators=("additional_places", "new_contracts"))))

    text = text_of(page)
    assert f"Verträge, 1. Oktober {YEAR - 1} bis 30. September {YEAR}" in text
    assert " Vom 1.10. bis 30.9. abgeschlossen und am 30.9. noch bestehend Nach Berufen" in text
    assert "Quelle für Neu abgeschlossene Ausbildungsverträge (30.9.): BIBB-Erhebung" in text
    assert " title=" not in page.content.decode()
    assert text.count("Ganze Definition") == 1  # that of 21 words
    assert "Plätze … Ganze Definition" in text


@pytest.mark.parametrize("kind", PeriodKind)
def test_every_period_is_said_with_its_year(kind):
    assert "2030" in kind.of_year(2030) or "2029" in kind.of_year(2030)


def test_change_stands_beside_last_years_value(client, sign_in):
    put(item_of(make_submission(year=YEAR - 1)), 8000)
    submission = make_submission()
    put(item_of(submission), 7000)
    sign_in("contributor", "IHK-142")

    assert f"8.000 ({YEAR - 1}) −1.000 (−13 %)" in text_of(client.get(address(submission)))


def test_change_from_zero_has_no_share():
    put(item_of(make_submission(year=YEAR - 1)), 0)
    submission = make_submission()
    put(item_of(submission), 5)

    cell = entry_grid(submission).cells[f"{item_of(submission).pk}-05-_T"]

    assert (cell.change.value, cell.change_ratio) == (5, None)


def test_target_groups_have_no_sum_since_they_overlap(client, sign_in):
    submission = make_submission()
    put(item_of(submission), 5, target_group="J1")
    put(item_of(submission), 5, target_group="J2")
    sign_in("contributor", "IHK-142")

    page = client.get(address(submission))

    assert all(not table.sums for group in page.context["grid"].groups for table in group.tables)
    assert "Zielgruppen überschneiden sich" in text_of(page)


def test_laender_are_added_up_with_how_many_are_there():
    last_year = make_submission("BA", ("assisted_starts",), year=YEAR - 1)
    put(by_land(last_year), 40, region="05")
    submission = make_submission("BA", ("assisted_starts",))
    item = by_land(submission)
    put(item, 30, region="05")
    put(item, 20, region="09")
    put(item, None, region="01", absence="confidential")

    [table] = groups_of(submission)["M08"].tables

    [found] = table.sums
    assert (found.value, found.present, found.cells) == (50, 2, 17)
    assert (found.last_year, found.change) == (40, 10)


def test_sum_without_any_value_is_none_and_not_zero():
    submission = make_submission("BA", ("assisted_starts",))
    by_land(submission)

    [table] = groups_of(submission)["M08"].tables

    assert (table.sums[0].value, table.sums[0].change) == (None, None)


def test_not_broken_down_is_the_total_without_its_occupations(client, sign_in):
    submission = make_submission()
    item = item_of(submission)
    Item.objects.filter(pk=item.pk).update(occupation_level=2)
    put(item, 100)
    put(item, 30, occupation="27")
    put(item, 50, occupation="_U")
    put(item, 5, occupation="27", target_group="J5")
    sign_in("contributor", "IHK-142")

    page = client.get(address(submission))

    cells = page.context["grid"].cells
    assert cells[f"{item.pk}-05-_T"].not_broken_down == 20
    assert cells[f"{item.pk}-05-J5"].not_broken_down is None
    assert "Summe der Berufe: 80 Nicht aufgegliedert:" in text_of(page)


def test_saved_cell_is_answered_with_its_change_the_sum_and_the_count(client, sign_in):
    last_year = make_submission("BA", ("assisted_starts",), year=YEAR - 1)
    put(by_land(last_year), 40, region="05")
    submission = make_submission("BA", ("assisted_starts",))
    item = by_land(submission)
    sign_in("contributor", "BA")

    response = client.post(
        address(submission, "submission_cell"), {f"value-{item.pk}-05-_T": "50", f"seen-{item.pk}-05-_T": ""}
    )

    answer = response.content.decode()
    assert re.search(rf'id="live-{item.pk}-05-_T"[^>]*data-before="40"[^>]*hx-swap-oob', answer)
    assert re.search(rf'id="sum-{item.pk}"[^>]*hx-swap-oob', answer)
    assert re.search(r'id="count-M08"[^>]*hx-swap-oob="true">1 von 1 gemeldet', answer)
    assert f"40 ({YEAR - 1}) +10 (+25 %)" in text_of(response)


def test_group_with_an_error_says_so_to_the_script_that_folds(client, sign_in):
    submission = make_submission(indicators=("training_placements", ADVISED))
    put(item_of(submission), 5)
    put(item_of(submission), 9, target_group="J2")
    sign_in("contributor", "IHK-142")

    page = client.get(address(submission)).content.decode()

    assert re.search(r'data-group="M05"\s+data-in-error\s+open', page)
    assert not re.search(r'data-group="M03"\s+data-in-error', page)


def test_region_that_belongs_to_none_counts_in_the_sum():
    submission = make_submission("BA", ("assisted_starts",))
    item = by_land(submission)
    put(item, 3, region="_U")

    [table] = groups_of(submission)["M08"].tables

    assert table.sums[0].value == 3
