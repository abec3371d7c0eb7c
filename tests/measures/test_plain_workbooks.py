import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.measures.plain_workbooks import plain_workbook

ROWS = [["Kammer", "EQ\nPlätze", " 5 "], ["IHK Köln", 5, -1.25, True, None, "", "http://x"], [], [12.1]]


def test_plain_rows_are_read_back_as_they_were_given():
    content = plain_workbook({"Meldung": ROWS, "Zwei": [["", "05"]]})

    assert content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Meldung", "Zwei"]
    assert [
        [cell.value for cell in row if cell.value is not None] for row in book["Meldung"].iter_rows()
    ] == [[value for value in row if value not in (None, "")] for row in ROWS]
    assert book["Meldung"]["D2"].value is True
    assert (book["Zwei"]["B1"].value, book["Zwei"]["A1"].value) == ("05", None)


@pytest.mark.parametrize(
    "value",
    [
        *("=A1", "#N/A", "a\tb", "_x0041_", "🙂", "x" * 40_000),
        *(0.1 + 0.2, 10**17 + 1, float("nan"), Decimal("1.5"), dt.date(2016, 9, 30)),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_more_than_text_or_number_is_left_to_others(value):
    assert plain_workbook({"Meldung": [["Kammer", value]]}) is None
    assert plain_workbook({"A/B": [["Kammer"]]}) is None
