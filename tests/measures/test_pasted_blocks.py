"""A block from a spreadsheet: what is on the clipboard, for which cell each value is, how it is read."""

import json
import time

import pytest
from django.urls import reverse

from measures.forms.pasting.blocks import BlockCell, BlockTooLargeError, read_block
from measures.models import Figure, Indicator
from tests.measures.submissions import YEAR, item_of, make_submission, move, put

EQ, PLACES, INTERNSHIPS = "training_placements", "additional_places", "internships"


def texts(block) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\r\n\r\n3", [["1"], [""], ["3"]]),
        ('"Betriebliche\nPlätze"\t2\n"er ""sagt"""\t4', [["Betriebliche Plätze", "2"], ['er "sagt"', "4"]]),
        ("1\t\n\t\n", [["1"]]),
        ("1\t2\t3\n4", [["1", "2", "3"], ["4", "", ""]]),
        ("", []),
        (" \t \n", []),
    ],
)
def test_lines_and_tabs_become_rows(text, rows):
    assert texts(read_block(text, "")) == rows


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        (
            "<table><tr><th>Betriebliche<br>Plätze</th><td>2</td></tr><tr><td>3</td><td>&nbsp;</td></tr></table>",
            [["Betriebliche Plätze", "2"], ["3", ""]],
        ),
        ("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3</table>", [["a", "", "b"], ["1", "2", "3"]]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", [["a", "b"], ["", "c"]]),
    ],
)
def test_table_goes_before_the_text(html, rows):
    assert texts(read_block("was anderes", html)) == rows


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("x\n" * 3_000 + "\t" * 100_000 + "x", ""),
        ("", "<table><tr>" + "<td colspan=1000>" * 900 + "<td>1" + "<tr><td>x" * 900),
        ("", "<table>" + "<tr><td>x" * 30_000),
        ("", "<table><tr>" + "<td colspan=1000>" * 1_100),
    ],
)
def test_block_that_claims_more_cells_than_can_be_pasted_is_not_laid_out(text, html):
    with pytest.raises(BlockTooLargeError):
        read_block(text, html)


@pytest.mark.parametrize("piece", ["<t", "<!--", "<td x='", "</", "<![CDATA[", "<![x]>"])
def test_table_that_breaks_off_ends_where_it_does(piece):
    """Python's parser would take minutes for what comes after, or raise."""
    assert texts(read_block("", "<table><tr><td>1</td></tr>" + piece * 100_000)) == [["1"]]


def test_number_behind_a_cell_is_known_where_the_program_tells():
    [[cell, other]] = read_block("", '<table><tr><td sdval="1.3">1.300</td><td sdval="x">7</td></tr></table>')

    assert (str(cell.exact), other) == ("1.3", BlockCell("7"))


pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission(indicators=(PLACES, EQ, INTERNSHIPS, "welcome_mentors"))


@pytest.fixture
def paste(client, sign_in, submission):
    """``paste(text)`` puts a block into the grid of three indicators, at a cell, and returns the answer."""
    sign_in("contributor", "IHK-142")

    def _paste(text, *, html="", at=("_T", PLACES), of=submission):
        groups = list(dict.fromkeys(name.rsplit("-", 1)[1] for name in cells_of(of)))
        row, column = groups.index(at[0]), (PLACES, EQ, INTERNSHIPS).index(at[1])
        places = [
            [name_of(of, group, indicator) for indicator in (PLACES, EQ, INTERNSHIPS)[column:]]
            for group in groups[row:]
        ]
        data = {"text": text, "html": html, "places": json.dumps(places)}
        return client.post(reverse("measures:submission_paste", args=[of.pk]), data)

    return _paste


def cells_of(submission) -> list[str]:
    groups = ("_T", "B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W")
    return [name_of(submission, group, EQ) for group in groups]


def name_of(submission, group, indicator) -> str:
    return f"{item_of(submission, indicator).pk}-05-{group}"


def planned(answer) -> dict[str, str]:
    """What would go where, as ``indicator group``; in brackets what has to be corrected or chosen."""
    return {
        f"{value.cell.item.indicator.code} {value.cell.key.target_group}": value.entry.token
        if value.is_ready
        else f"[{value.text}]"
        for value in answer.context["plan"].values
        if value.cell
    }


def not_taken(answer) -> list[tuple[str, str]]:
    return [(value.text, str(value.message)) for value in answer.context["plan"].unplaced]


def test_plain_block_goes_where_it_was_pasted(paste):
    answer = paste("1.234\t51\n-5\tk. A.\n", at=("B1", PLACES))

    assert planned(answer) == {
        "additional_places B1": "1234",
        "training_placements B1": "51",
        "additional_places B2": "-5",
        "training_placements B2": "unknown",
    }
    assert answer.context["plan"].is_plain
    assert 'data-plain="true"' in answer.content.decode()
    assert not Figure.objects.exists()


def test_empty_cell_of_a_block_changes_nothing(paste):
    answer = paste("1\t\n\t2\n")

    assert planned(answer) == {"additional_places _T": "1", "training_placements B1": "2"}


def test_rows_and_columns_are_found_by_their_names(paste):
    answer = paste(
        "Zielgruppe\tPraktikumsplätze\tEQ-Plätze (Anzahl)\nMädchen\t4\t3\nInsgesamt\t70\t51\n", at=("J3", EQ)
    )

    assert planned(answer) == {
        "internships W": "4",
        "training_placements W": "3",
        "internships _T": "70",
        "training_placements _T": "51",
    }
    assert not answer.context["plan"].is_plain


@pytest.mark.parametrize("above", ["", "\tEQ-Plätze\t\n"])
def test_years_beside_the_heading_of_the_labels_are_headings(paste, above):
    answer = paste(f"{above}Zielgruppe\t{YEAR - 1}\t{YEAR}\nInsgesamt\t51\t52\nFrauen\t3\t4\n", at=("_T", EQ))

    assert planned(answer) == {"training_placements _T": "52", "training_placements W": "4"}
    assert [text for text, _message in not_taken(answer)] == ["51", "3"]
    assert planned(paste(f"Frauen\t{YEAR}\nInsgesamt\t2031\n", at=("_T", EQ))) == {
        "training_placements W": str(YEAR),
        "training_placements _T": "2031",
    }


def test_year_beside_a_label_that_nobody_knows_may_be_a_number(paste):
    known = paste(f"Zielgruppe\t{YEAR}\nFrauen\t4\n", at=("_T", EQ)).context["plan"]
    unknown = paste(f"Insgesammt\t{YEAR}\nFrauen\t4\n", at=("_T", EQ)).context["plan"]

    assert (known.doubts, unknown.doubts) == ([], [f"Insgesammt {YEAR}"])


def test_rows_may_be_indicators_and_columns_groups(paste):
    answer = paste("\tGeflüchtete\tFrauen\nEQ-Plätze\t1\t2\nPraktikumsplätze\t3\t4\n")

    assert planned(answer) == {
        "training_placements J5": "1",
        "training_placements W": "2",
        "internships J5": "3",
        "internships W": "4",
    }


def test_what_the_headings_leave_open_is_where_the_block_was_pasted(paste):
    columns = paste("Praktikumsplätze\tEQ-Plätze\n1\t2\n3\t4\n", at=("B1", PLACES))
    rows = paste("Frauen\t1\t2\nInsgesamt\t3\t4\n", at=("J1", PLACES))

    assert planned(columns) == {
        "internships B1": "1",
        "training_placements B1": "2",
        "internships B2": "3",
        "training_placements B2": "4",
    }
    assert planned(rows) == {
        "additional_places W": "1",
        "training_placements W": "2",
        "additional_places _T": "3",
        "training_placements _T": "4",
    }


def test_table_with_merged_headings_is_understood(paste):
    html = (
        "<table><tr><td></td><th colspan=2>EQ-Plätze</th></tr>"
        "<tr><td></td><th>Insgesamt</th><th>Frauen</th></tr>"
        "<tr><td></td><td>51</td><td>3</td></tr></table>"
    )

    answer = paste("", html=html)

    assert planned(answer) == {"training_placements _T": "51", "training_placements W": "3"}


def test_what_has_no_cell_is_listed_with_the_reason(paste):
    answer = paste(
        f"\tEQ-Plätze\tFoo\tVeränderung in %\tPraktikumsplätze {YEAR - 1}\n"
        "Insgesamt\t51\t1\t2,5\t4\nKlingonen\t2\t\t\t\n"
    )
    beyond = paste("1\n2\n3\n", at=("J6", PLACES))
    other = paste("\tWillkommenslotsen\nFrauen\t5\n")

    assert planned(answer) == {"training_placements _T": "51"}
    assert not_taken(answer) == [
        ("1", "Die Überschrift „Foo“ ist nicht bekannt."),
        ("2,5", "„Veränderung in %“ wird hier nicht erfasst."),
        ("4", f"„Praktikumsplätze {YEAR - 1}“ nennt ein anderes Jahr."),
        ("2", "Die Überschrift „Klingonen“ ist nicht bekannt."),
    ]
    assert not_taken(beyond) == [("3", "Dort gibt es keine Zelle.")]
    assert not beyond.context["plan"].is_plain
    assert not_taken(other) == [("5", "Für „Frauen, Willkommenslotsen“ gibt es keine Zelle.")]


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        (f"Meldung IHK Köln {YEAR}\n", [f"Meldung IHK Köln {YEAR}"]),
        ("Anlage 3\nStand: 15.01.2018\n\n", ["Anlage 3", "Stand: 15.01.2018"]),
        ("\nMeldung der Kammer\t\n", ["Meldung der Kammer"]),
    ],
)
def test_titles_above_the_headings_change_nothing_and_are_named(paste, above, titles):
    answer = paste(f"{above}Zielgruppe\tPraktikumsplätze\tEQ-Plätze\nFrauen\t12\t13\n", at=("_T", PLACES))

    assert planned(answer) == {"internships W": "12", "training_placements W": "13"}
    assert answer.context["plan"].titles == titles
    assert titles[0] in answer.content.decode()


@pytest.mark.parametrize("title", ["nur Frauen unter 25", "Klingonische Zählung"])
def test_title_that_may_narrow_the_values_has_to_be_confirmed(paste, title):
    answer = paste(f"{title}\n\tPraktikumsplätze\nFrauen\t12\n")

    assert answer.context["plan"].doubts == [title]
    assert "data-doubt" in answer.content.decode()
    assert "data-doubt" not in paste("Anlage 3\n\tPraktikumsplätze\nFrauen\t12\n").content.decode()


def test_block_with_more_words_than_are_looked_up_says_so(paste):
    words = [f"{number} " + "Plätze gemeldet Stand " * 10 for number in range(1500)]
    began = time.process_time()
    answer = paste("\n".join(f"{word}\t5" for word in words))

    assert time.process_time() - began < 10  # seconds; it is two on a machine that has nothing else to do
    assert len(not_taken(answer)) == len(words)
    assert "zu viele Wörter" in not_taken(answer)[-1][1]


@pytest.mark.parametrize("title", [f"Meldung {YEAR - 1}", f"1. Halbjahr {YEAR}", f"{YEAR - 1}/{YEAR % 100}"])
def test_title_that_names_another_time_keeps_the_values_out(paste, title):
    answer = paste(f"{title}\n\tPraktikumsplätze\nFrauen\t12\n")

    assert planned(answer) == {}
    assert not_taken(answer) == [("12", f"„{title}“ nennt nicht das ganze Jahr dieser Meldung.")]


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("Zielgruppe\tZusagen\tRunden\nFrauen\t12\t13\nInsgesamt\t100\t1.200\n", 4),
        ("Zusagen\tRunden\n12\t13\n", 2),
        ("\tEQ-Plätze\nKlingonische Jugendliche\t12\n", 1),
        ("Januar\t12\n", 1),
        ("IHK Köln\t12\n", 1),
        ("Klingonen\n12\n13\n", 2),
        ("12\t13\nFrauen\tInsgesamt\n14\t15\n", 6),
        ("Frauen\t12\nKlingonen\t\nInsgesamt\t14\n", 1),
        ("Frauen\t12\nEQ-Plätze\t\nInsgesamt\t14\n", 1),
    ],
)
def test_headings_that_are_not_known_place_no_value_by_its_position(paste, block, values):
    assert len(not_taken(paste(block, at=("B1", PLACES)))) == values


def test_title_that_names_a_group_or_an_indicator_holds_for_all_columns(paste):
    group = paste("Frauen\nPraktikumsplätze\tEQ-Plätze\n12\t13\n", at=("B1", PLACES))
    indicator = paste("EQ-Plätze\t\nFrauen\t12\nInsgesamt\t13\n", at=("B1", PLACES))

    assert planned(group) == {"internships W": "12", "training_placements W": "13"}
    assert planned(indicator) == {"training_placements W": "12", "training_placements _T": "13"}


@pytest.mark.parametrize(
    ("block", "placed"),
    [
        ("\tPraktikumsplätze\t\nFrauen\t12\t13\n", {"internships W": "12"}),
        ("\t\tPraktikumsplätze\nFrauen\t12\t13\n", {"internships W": "13"}),
        ("Frauen\n12\t13\n", {"additional_places W": "12"}),
        ("\tFrauen\t\n\tPraktikumsplätze\tEQ-Plätze\nInsgesamt\t12\t13\n", {}),
    ],
)
def test_heading_of_one_column_or_of_another_group_than_the_row_is_no_other_s(paste, block, placed):
    assert planned(paste(block)) == placed


def test_block_full_of_words_places_nothing(paste):
    words = "\n".join(f"{number}\tWort {number}" for number in range(1, 121))

    assert planned(paste(words)) == {}


def test_row_without_values_before_others_is_no_heading_of_theirs(paste):
    assert planned(paste("Insgesamt\t\nFrauen\t5\n", at=("B1", EQ))) == {"training_placements W": "5"}


def test_row_and_column_that_contradict_each_other_name_no_cell(paste):
    answer = paste("\tMänner\tFrauen\nFrauen\t1\t2\n", at=("B1", EQ))

    assert planned(answer) == {"training_placements W": "2"}
    assert len(not_taken(answer)) == 1


def test_two_values_for_one_cell_are_both_left_out(paste):
    answer = paste("Insgesamt\t1\nAlle\t2\nFrauen\t3\n", at=("B1", EQ))

    assert planned(answer) == {"training_placements W": "3"}
    assert [text for text, _why in not_taken(answer)] == ["1", "2"]


def test_value_that_would_be_refused_is_shown_before(paste):
    answer = paste("-5\tviele\n", at=("_T", EQ))

    assert planned(answer) == {"training_placements _T": "[-5]", "internships _T": "[viele]"}
    assert str(answer.context["plan"].held[0].message) == ("Diese Kennzahl kann nicht unter null liegen.")


@pytest.fixture
def with_decimals(submission):
    """Have internships counted in hundredths, as amounts are."""
    Indicator.objects.filter(code=INTERNSHIPS).update(decimals=2)


@pytest.mark.usefixtures("with_decimals")
@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("\tPraktikumsplätze\tEQ-Plätze\nInsgesamt\t1.300\t7\n", "[1.300]"),
        ("\tPraktikumsplätze\tEQ-Plätze\nInsgesamt\t1.300\t1.234.567\n", "1300"),
        ("\tPraktikumsplätze\nInsgesamt\t1.300\nFrauen\t12,5\n", "1300"),
        ("\tPraktikumsplätze\nInsgesamt\t1.300\nFrauen\t12.5\n", "1.3"),
        ("Praktikumsplätze\t1.300\nEQ-Plätze\t1,234,567\n", "1.3"),
    ],
)
def test_notation_is_that_of_the_values_around(paste, block, value):
    assert planned(paste(block))["internships _T"] == value


@pytest.mark.usefixtures("with_decimals")
def test_number_behind_the_cell_decides_between_two_readings(paste):
    html = '<table><tr><td>Praktikumsplätze</td><td sdval="1.3" sdnum="1031;">1.300</td></tr></table>'

    assert planned(paste("", html=html)) == {"internships _T": "1.3"}


def test_plan_shows_what_stands_there(paste, submission):
    put(item_of(submission), 40, target_group="W")

    answer = paste("Frauen\t3\nviele\t\n", at=("_T", EQ)).content.decode()

    assert "Frauen</td>" in answer.replace("\n", "")
    assert ">40<" in answer


@pytest.mark.parametrize("text", ["", "\t\n", "x" * 1_000_001, "1\t" * 30_000])
def test_block_that_cannot_be_read_is_answered_with_the_reason(paste, text):
    answer = paste(text)

    assert answer.status_code == 422
    assert answer.context["errors"]


@pytest.mark.parametrize("places", ["", "nonsense", "{}", "[1]", '[["x", null, 7]]'])
def test_forged_places_place_nothing(client, sign_in, submission, places):
    sign_in("contributor", "IHK-142")

    answer = client.post(
        reverse("measures:submission_paste", args=[submission.pk]), {"text": "1\n2", "places": places}
    )

    assert answer.status_code == 422 or not planned(answer)


def test_block_for_what_is_handed_over_is_refused(paste, submission):
    move(submission, "submitted")

    assert paste("1\n2\n").status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_plan_takes_a_constant_number_of_queries(paste, client, submission, django_assert_num_queries, count):
    block = "\n".join(["7"] * count)
    paste(block)
    sent = {"text": block, "places": json.dumps([[name] for name in cells_of(submission)])}

    with django_assert_num_queries(16):
        answer = client.post(reverse("measures:submission_paste", args=[submission.pk]), sent)

    assert len(planned(answer)) == count
