"""An indicator by occupation over HTTP: what is listed, how it is searched, saved and added up."""

import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from measures.models import Figure, Item, Occupation
from measures.rules.cells import cell_name
from measures.selectors.recording import occupations
from measures.selectors.recording.occupation_lists import cells_called
from measures.selectors.recording.occupations import OccupationChoice, occupation_sheet
from tests.measures.submissions import NRW, YEAR, item_of, make_submission, move, put

pytestmark = pytest.mark.django_db

PLACES = "additional_places"


@pytest.fixture
def submission():
    return make_submission()


@pytest.fixture
def item(submission):
    return item_of(submission)


@pytest.fixture
def contributor(sign_in):
    return sign_in("contributor", "IHK-142")


def by_occupation(item: Item, digits: int = 2, **values: int) -> Item:
    """``o27=40``: forty of occupation 27."""
    Item.objects.filter(pk=item.pk).update(occupation_level=digits)
    for code, value in values.items():
        put(item, value, occupation=code.removeprefix("o"))
    return item


def types(*codes: str) -> None:
    """Occupations of five digits, as files bring them."""
    Occupation.objects.bulk_create(
        Occupation(code=code, level=5, label_de=f"Beruf {code}", label_en=f"Occupation {code}")
        for code in codes
    )


def address(item: Item, name: str = "submission_occupations") -> str:
    return reverse(f"measures:{name}", args=[item.submission_id, item.pk])


def typed(item: Item, value: str, occupation: str, group: str = "_T", shown: str = "") -> dict[str, str]:
    name = cell_name(item.pk, NRW, group, occupation)
    return {f"value-{name}": value, f"seen-{name}": shown}


def stored(item: Item) -> dict[tuple[str, str], int]:
    figures = Figure.objects.filter(item=item)
    return {(figure.occupation_id, figure.target_group_id): int(figure.value) for figure in figures}


def codes(response) -> list[str]:
    return [row.code for area in response.context["sheet"].areas for row in area.rows]


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_list_has_every_occupation_of_the_level_by_area_and_those_without_last(client, contributor, item):
    response = client.get(address(item))

    listed = codes(response)
    assert listed == [*sorted(Occupation.objects.filter(level=2).values_list("code", flat=True)), "_U"]
    assert [area.label for area in response.context["sheet"].areas][:2] == [
        "Militär",
        "Land-, Forst- und Tierwirtschaft und Gartenbau",
    ]


def test_list_is_at_the_level_that_the_indicator_has(client, contributor, item):
    types("27101", "43102")
    by_occupation(item, 5, o27101=3)

    assert codes(client.get(address(item))) == ["27101", "43102", "_U"]


def test_first_occupation_decides_the_level_and_others_are_refused(client, contributor, item):
    types("27101")

    choices = client.get(address(item)).context["form"].fields["digits"].choices
    first = client.post(address(item, "submission_occupation_cell"), typed(item, "3", "27101"))
    other = client.post(address(item, "submission_occupation_cell"), typed(item, "5", "27"))

    assert [digits for digits, _label in choices] == ["1", "2", "5"]
    assert (first.status_code, other.status_code) == (200, 422)
    assert "eine andere Stellenzahl als die übrigen" in text_of(other)
    item.refresh_from_db()
    assert (item.occupation_level, stored(item)) == (5, {("27101", "_T"): 3})
    assert "digits" not in client.get(address(item)).context["form"].fields


def test_level_follows_the_first_occupation_once_all_are_cleared(client, contributor, item):
    types("27101")
    by_occupation(item, 5)

    client.post(address(item, "submission_occupation_cell"), typed(item, "5", "27"))

    item.refresh_from_db()
    assert (item.occupation_level, stored(item)) == (2, {("27", "_T"): 5})


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"q": "Gartenbau"}, ["12"]),
        ({"q": "gartenbau florist"}, ["12"]),
        ({"q": "43"}, ["43"]),
        ({"area": "4"}, ["41", "42", "43"]),
        ({"area": "_"}, ["_U"]),
        ({"area": "4", "q": "informatik"}, ["43"]),
        ({"filled": "on"}, ["24", "27"]),
        ({"q": "gibt es nicht"}, []),
    ],
)
def test_list_is_searched_by_name_code_area_and_what_has_values(client, contributor, item, chosen, found):
    by_occupation(item_of(make_submission(year=YEAR - 1)), o24=7)
    by_occupation(item, o27=40)

    response = client.get(address(item), chosen)

    assert codes(response) == found
    assert ("Kein Beruf der Liste passt dazu." in text_of(response)) == (not found)


def test_nonsense_in_the_address_counts_as_not_chosen(client, contributor, item):
    response = client.get(
        address(item), {"area": "x", "digits": "99", "g": "nobody", "page": "x", "region": "DE"}
    )

    assert response.status_code == 200
    assert len(response.context["sheet"].columns) == 1


def test_columns_are_the_groups_with_values_or_those_chosen(client, contributor, item):
    by_occupation(item, o27=40)
    put(item, 4, occupation="27", target_group="J5")

    usual = client.get(address(item)).context["sheet"].columns
    chosen = client.get(address(item), {"g": ["W", "B1"]}).context["sheet"].columns

    assert [column.code for column in usual] == ["_T", "J5"]
    assert [column.code for column in chosen] == ["_T", "B1", "W"]


def test_only_groups_the_indicator_is_asked_by_can_be_chosen(client, sign_in):
    sign_in("contributor", "BA")
    item = item_of(make_submission("BA", ("unplaced_30sep",)), "unplaced_30sep")

    response = client.get(address(item))

    offered = [code for code, _label in response.context["form"].fields["g"].choices]
    assert offered == ["J1", "J2", "J3", "J4", "J5", "W"]


def test_last_year_and_sums_stand_beside(client, contributor, item):
    by_occupation(item_of(make_submission(year=YEAR - 1)), o41=50, o43=10)
    by_occupation(item, o41=60, o27=5)
    put(item, 100)

    response = client.get(address(item), {"area": "4"})

    sheet = response.context["sheet"]
    [area] = sheet.areas
    assert [row.cells[0].last_year.value for row in area.rows] == [50, None, 10]
    [of_area], [column] = area.sums, sheet.columns
    assert (of_area.value, of_area.last_year, of_area.change) == (60, 60, 0)
    assert (column.parts.value, column.parts.last_year, column.not_broken_down) == (65, 60, 35)
    assert f"50 ({YEAR - 1}) +10 (+20 %)" in text_of(response)
    assert re.search(r"Nicht aufgegliedert:.* 35 ", text_of(response))


def test_more_in_the_occupations_than_in_total_is_said(client, contributor):
    item = by_occupation(item_of(make_submission(indicators=(PLACES,)), PLACES), o27=60)
    put(item, 50)

    sheet = client.get(address(item)).context["sheet"]

    assert sheet.columns[0].not_broken_down == -10


def test_cell_is_saved_and_answered_with_the_sums(client, contributor, item):
    by_occupation(item, o41=60)

    response = client.post(
        address(item, "submission_occupation_cell") + "?area=4", typed(item, "1.200", "43")
    )

    assert response.status_code == 200
    assert stored(item) == {("41", "_T"): 60, ("43", "_T"): 1200}
    answer = response.content.decode()
    assert 'data-outcome="stored"' in answer
    assert re.search(r'id="area-4-_T"[^>]*data-sum="1260"', answer)
    assert re.search(r'id="parts-_T"[^>]*data-sum="1260"', answer)


def test_total_over_all_occupations_is_saved_here_as_in_the_grid(client, contributor, item):
    by_occupation(item, o41=60)

    response = client.post(address(item, "submission_occupation_cell"), typed(item, "80", "_T"))

    assert stored(item) == {("41", "_T"): 60, ("_T", "_T"): 80}
    assert response.context["sheet"].columns[0].not_broken_down == 20


def test_what_is_not_understood_stays_in_its_cell(client, contributor, item):
    response = client.post(address(item, "submission_occupation_cell"), typed(item, "viele", "43"))

    assert response.status_code == 422
    assert "„viele“ ist keine Zahl." in text_of(response)
    assert stored(item) == {}


def test_somebody_elses_value_is_not_overwritten(client, contributor, item):
    by_occupation(item, o43=7)

    response = client.post(address(item, "submission_occupation_cell"), typed(item, "8", "43"))

    assert response.status_code == 409
    assert "Gespeichert ist: 7" in text_of(response)
    assert stored(item) == {("43", "_T"): 7}


@pytest.mark.parametrize(
    "name",
    [
        "value-{item}-09-_T-43",  # another Land
        "value-{item}-05-nobody-43",
        "value-{item}-05-_T-999",
        "value-{item}-05-_T-43-1",
        "value-0-05-_T-43",
        "value-",
    ],
)
def test_cell_that_the_page_does_not_have_is_left_out(client, contributor, item, name):
    response = client.post(address(item, "submission_occupation_cell"), {name.format(item=item.pk): "5"})

    assert response.status_code == 200
    assert stored(item) == {}


def test_without_javascript_the_page_saves_its_cells_and_comes_back_as_it_was(client, contributor, item):
    sent = typed(item, "5", "41") | typed(item, "", "42") | typed(item, "7", "43")

    response = client.post(address(item) + "?area=4&page=1", sent)

    assert (response.status_code, response.url) == (302, address(item) + "?area=4&page=1")
    assert stored(item) == {("41", "_T"): 5, ("43", "_T"): 7}


def test_without_javascript_what_was_refused_is_shown_again_though_the_search_finds_it_no_more(
    client, contributor, item
):
    sent = typed(item, "5", "41") | typed(item, "viele", "43")

    response = client.post(address(item) + "?filled=on", sent)

    assert response.status_code == 422
    assert codes(response) == ["41", "43"]
    assert 'value="viele"' in response.content.decode()
    assert stored(item) == {("41", "_T"): 5}


def test_pages_of_the_list_hold_so_many_cells_however_many_columns(client, contributor, item, monkeypatch):
    monkeypatch.setattr(occupations, "CELLS_OF_A_PAGE", 20)

    narrow = client.get(address(item), {"page": "2"})
    wide = client.get(address(item), {"g": ["W", "B1", "B2"]})

    assert (len(codes(narrow)), len(codes(wide))) == (18, 5)
    assert re.search(r"Berufe 21 bis 38 von 38", text_of(narrow))


def test_country_wide_figures_are_entered_land_by_land(client, sign_in):
    sign_in("contributor", "BA")
    item = item_of(make_submission("BA", ("unplaced_30sep",)), "unplaced_30sep")
    Item.objects.filter(pk=item.pk).update(region_level="land", occupation_level=2)
    put(item, 3, region="09", occupation="43")

    bavaria = client.get(address(item), {"region": "09"})
    name = cell_name(item.pk, "05", "_T", "43")
    client.post(address(item, "submission_occupation_cell") + "?region=05", {f"value-{name}": "4"})

    assert bavaria.context["sheet"].columns[0].parts.value == 3
    assert set(Figure.objects.filter(item=item).values_list("region", "value")) == {
        ("09", Decimal(3)),
        ("05", Decimal(4)),
    }


def test_cells_of_another_land_than_the_page_shows_are_left_out(client, sign_in):
    sign_in("contributor", "BA")
    item = item_of(make_submission("BA", ("unplaced_30sep",)), "unplaced_30sep")
    Item.objects.filter(pk=item.pk).update(region_level="land", occupation_level=2)
    sent = {f"value-{cell_name(item.pk, land, '_T', '43')}": "4" for land in ("09", "05")}

    by_script = client.post(address(item, "submission_occupation_cell") + "?region=05", sent)
    by_form = client.post(address(item) + "?region=05", dict.fromkeys(sent, "viele"))

    assert (by_script.status_code, by_form.status_code) == (200, 422)
    assert [figure.region_id for figure in Figure.objects.filter(item=item)] == ["05"]


def test_page_is_there_for_what_is_asked_by_occupation_alone(client, contributor):
    submission = make_submission(indicators=("welcome_mentors",))
    item = item_of(submission, "welcome_mentors")

    assert client.get(address(item)).status_code == 404


def test_item_of_another_submission_is_not_found(client, contributor, submission):
    other = item_of(make_submission("IHK-112"))

    response = client.get(reverse("measures:submission_occupations", args=[submission.pk, other.pk]))

    assert response.status_code == 404


def test_who_may_only_read_sees_values_and_no_fields(client, sign_in, item):
    by_occupation(item, o43=7)
    move(item.submission, "submitted")
    sign_in("contributor", "IHK-142")

    response = client.get(address(item), {"filled": "on"})

    assert "data-cell" not in response.content.decode()
    assert codes(response) == ["43"]


def test_grid_leads_to_the_occupations_of_what_is_asked_by_them(client, contributor, submission, item):
    page = client.get(reverse("measures:submission_detail", args=[submission.pk])).content.decode()

    assert address(item) in page
    assert address(item_of(submission, PLACES)) in page


def test_only_cells_that_the_item_has_are_found_by_name(item, django_assert_num_queries):
    found = occupations.find_by_occupation(item.submission, item.pk)
    known = [cell_name(item.pk, NRW, "W", "43"), cell_name(item.pk, NRW, "_T")]
    unknown = [
        cell_name(item.pk + 1, NRW, "W", "43"),
        cell_name(item.pk, "DE9", "W", "43"),
        cell_name(item.pk, NRW, "no-group", "43"),
        cell_name(item.pk, NRW, "W", "no-occupation"),
        "no-such-cell",
    ]

    with django_assert_num_queries(1):
        cells = cells_called(found, NRW, [*known, *unknown])

    assert list(cells) == [cell.name for cell in cells.values()] == known
    assert cells[known[0]].label.startswith("Betriebliche Plätze")


@pytest.mark.parametrize("block", ["43\t12\n24\t5\n", "43\tInformatik\t12\n24\tMetall\t5\n"])
def test_block_with_codes_of_occupations_goes_to_their_rows(client, contributor, item, block):
    places = [[cell_name(item.pk, NRW, "_T", code)] for code in ("11", "12")]
    paste = reverse("measures:submission_occupation_paste", args=[item.submission_id, item.pk])

    plan = client.post(paste, {"text": block, "places": json.dumps(places)}).context["plan"]

    assert {value.cell.occupation: value.entry.text for value in plan.ready} == {"43": "12", "24": "5"}
    assert item_of(item.submission).occupation_level == item.occupation_level  # nothing is stored yet


@pytest.mark.parametrize(
    ("block", "placed", "unknown"),
    [
        ("11\t5\n12\t7\n99\t9\n", {"11": "5", "12": "7"}, ["99"]),
        ("11\t5\n99\t9\n", {"11": "5"}, ["99"]),
        ("11\t5\t22\n12\t7\t23\n21\t9\t24\n", {"11": "5", "12": "7", "21": "9"}, []),
        (
            "Reinigungsberufe\t6\nohne Zuordnung\t5\nLandwirtschaft\t4\n",
            {"54": "6", "_U": "5"},
            ["Landwirtschaft"],
        ),
    ],
)
@pytest.mark.usefixtures("contributor")
def test_column_of_occupations_is_never_taken_for_values(client, item, block, placed, unknown):
    """Half of the codes known are enough; further columns that look like codes are values."""
    places = [[cell_name(item.pk, NRW, group, code) for group in ("_T", "W")] for code in ("11", "12", "21")]
    paste = reverse("measures:submission_occupation_paste", args=[item.submission_id, item.pk]) + "?g=W"

    plan = client.post(paste, {"text": block, "places": json.dumps(places)}).context["plan"]

    in_total = [value for value in plan.ready if value.cell.key.target_group == "_T"]
    assert {value.cell.occupation: value.entry.text for value in in_total} == placed
    assert [value.message for value in plan.unplaced] == [
        f"Die Überschrift „{code}“ ist nicht bekannt." for code in unknown
    ]
    assert not plan.is_plain


def test_row_that_names_its_occupation_goes_there_whichever_page_shows_it(client, contributor, item):
    paste = (
        reverse("measures:submission_occupation_paste", args=[item.submission_id, item.pk]) + "?q=informatik"
    )
    places = [[cell_name(item.pk, NRW, "_T", "43")]]

    answer = client.post(paste, {"text": "43\t12\n24\t5\n", "places": json.dumps(places)})
    plan = answer.context["plan"]
    stored = client.post(
        reverse("measures:submission_occupation_cell", args=[item.submission_id, item.pk]) + "?q=informatik",
        {"cells": json.dumps([value.sent | {"seen": ""} for value in plan.ready])},
    )

    assert {value.cell.occupation: value.entry.text for value in plan.ready} == {"43": "12", "24": "5"}
    beyond = answer.content.decode().partition('<template id="paste-beyond">')[2]
    assert f'id="value-{cell_name(item.pk, NRW, "_T", "24")}"' in beyond
    assert f'id="value-{cell_name(item.pk, NRW, "_T", "43")}"' not in beyond
    assert stored.status_code == 200
    assert set(item.figures.values_list("occupation", "value")) >= {("43", 12), ("24", 5)}


def test_rows_without_headings_beyond_the_page_are_counted(client, contributor, item):
    paste = reverse("measures:submission_occupation_paste", args=[item.submission_id, item.pk])
    places = [[cell_name(item.pk, NRW, "_T", "11")]]

    answer = client.post(paste, {"text": "1\n2\n3\n", "places": json.dumps(places)})

    assert [len(answer.context["plan"].ready), answer.context["plan"].rows_beyond] == [1, 2]
    assert "2 Zeilen des Blocks reichen über die Zeilen dieser Seite hinaus" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_takes_the_same_queries_however_much_is_stated(item, count, django_assert_num_queries):
    by_occupation(item, **dict.fromkeys(("o24", "o27", "o43")[:count], 5))
    found = occupations.find_by_occupation(item.submission, item.pk)

    with django_assert_num_queries(14):
        sheet = occupation_sheet(found, OccupationChoice(is_filled_only=True))

    assert len(sheet.cells) == count + 1
