"""Whatever is stored stands in the workbook so that it is read back as the same."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.renderers.own_workbook import (
    Content,
    Name,
    RequestedIndicator,
    StatedValue,
    WorkbookRow,
    render_own_workbook,
)
from measures.renderers.own_workbook.content import NOTHING
from tests.measures.importing.variants import load, save
from tests.properties import share

YEAR = 2016
WHOLE = RequestedIndicator(
    code="additional_places", name="Ausbildungsplätze", unit="Plätze", may_be_negative=True
)
MONEY = RequestedIndicator(code="expenditure", name="Ausgaben", unit="Euro", decimals=2)
GROUPS = ("_T", "B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W")

# Whatever PostgreSQL takes as text: everything but NUL and halves of surrogate pairs.
NOTES = (
    "'",
    "''Zitat'",
    "=1+1",
    "+49 228 99",
    "@Referat",
    " vorn und hinten ",
    " ",
    "\n",
    "zwei\r\nZeilen",
    "zwei\nZeilen",
    "alt\rzwei",
    "\tEinzug",
    "zwei  Blanks",
    "_x0041_",
    "_x005F_x0041_",
    "_x005f__x000D_x000D_",
    "_xFFFE_\ufffe_x005F_xFFFF_\uffff",
    "\x01\x0b\x1f\x7f\x85\u2028",
    "<r><t>fett</t></r>",
    "&amp; &#65; <b>",
    "#N/A",
    "12",
    "k. A.",
    "Kinder-\npflege",
    "e\u0301 \u00ad \u200b \ufeff \U0001f600",
)
signs = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
notes = st.one_of(
    st.sampled_from(["", *NOTES]),
    st.text(signs, max_size=20),
    st.text("'_xX05fFE4dDA1 =<r>/\r\n\t\ufffe", max_size=24),
)
quality = st.sampled_from(["", "preliminary", "estimate", "revised"])


def values(decimals, least):
    numbers = st.decimals(least, 10**14 - 1, places=decimals, allow_nan=False, allow_infinity=False)
    return st.builds(StatedValue, value=numbers, quality=quality, note=notes, is_uncertain=st.booleans())


absences = st.builds(
    StatedValue,
    absence=st.sampled_from(["unknown", "confidential", "not_applicable", "pending"]),
    quality=quality,
    note=notes,
)
nearly_nothing = st.builds(StatedValue, value=st.just(Decimal(0)), is_below_half_unit=st.just(value=True))
not_certain = st.builds(StatedValue, absence=st.just("unknown"), is_uncertain=st.just(value=True))


def stated(decimals, least):
    return st.one_of(values(decimals, least), absences, nearly_nothing, not_certain, st.just(StatedValue()))


def with_notes(*texts):
    assert len(texts) <= len(GROUPS)
    return [StatedValue(Decimal(number), note=text) for number, text in enumerate(texts)]


@pytest.fixture
def written(tmp_path):
    """A workbook with these values for the target groups, and one for an indicator with decimals."""

    def _written(whole, money=NOTHING, language="de"):
        stated = {(WHOLE, group): given for group, given in zip(GROUPS, whole, strict=False)}
        stated[MONEY, "_T"] = money
        content = Content(
            year=YEAR,
            organisation=Name("IHK-142", "IHK zu Köln"),
            language=language,
            opens_on=dt.date(2017, 1, 2),
            closes_on=dt.date(2017, 3, 31),
            lines=[
                WorkbookRow(
                    indicator=asked,
                    region=Name("05", "Nordrhein-Westfalen"),
                    target_group=Name(group, group),
                    occupation=Name("_T", "Alle Berufe"),
                    last_year=StatedValue(Decimal(1)),
                    now=given,
                )
                for (asked, group), given in stated.items()
            ],
            indicators=[WHOLE, MONEY],
            target_groups=[Name(group, group) for group in GROUPS],
            regions=[Name("05", "Nordrhein-Westfalen")],
            occupations={},
            absences={key: key for key in ("unknown", "confidential", "not_applicable", "pending")},
            checks=[],
            holding=[],
        )
        path = tmp_path / "vorlage.xlsx"
        path.write_bytes(render_own_workbook(content))
        return path

    return _written


def values_in(reading):
    assert not any(row.held for row in reading.rows)
    return {
        (row.indicator, row.target_group): StatedValue(
            row.value,
            row.absence,
            "" if row.quality == "final" else row.quality,
            row.note,
            row.below_half_unit,
            row.uncertain,
        )
        for row in reading.rows
    }


def expected(whole, money=NOTHING):
    stated = {(WHOLE.code, group): given for group, given in zip(GROUPS, whole, strict=False)}
    stated[MONEY.code, "_T"] = money
    return {key: given for key, given in stated.items() if given != NOTHING}


@share(0.5)
@given(
    whole=st.lists(stated(0, -(10**14) + 1), min_size=1, max_size=len(GROUPS)),
    money=stated(2, 0),
    language=st.sampled_from(["de", "en"]),
)
@example(
    whole=[StatedValue(Decimal(0), is_below_half_unit=True)],
    money=StatedValue(absence="unknown", note="'"),
    language="de",
)
@example(whole=with_notes(*NOTES[:9]), money=NOTHING, language="de")
@example(whole=with_notes(*NOTES[9:18]), money=NOTHING, language="de")
@example(whole=with_notes(*NOTES[18:]), money=NOTHING, language="en")
def test_what_is_stored_is_read_back_as_it_was(read, written, whole, money, language):
    reading = read(written(whole, money, language))

    assert values_in(reading) == expected(whole, money)


@pytest.mark.parametrize("length", [32_767, 32_768, 70_000])
@pytest.mark.parametrize("sign", ["a", "\U0001f600", "'"])
def test_remark_longer_than_a_cell_is_read_back_whole(read, written, length, sign):
    whole = with_notes(sign * length, "kurz")

    assert values_in(read(written(whole))) == expected(whole)


# What the other formats can hold: one line end for all kinds, and no control characters in text files.
PLAIN_NOTES = [
    "'",
    "''Zitat'",
    "=1+1",
    "+49 228 99",
    " vorn und hinten ",
    "zwei\nZeilen",
    "zwei  Blanks",
    "\tEinzug",
    "Spalte\tSpalte ",
    "_x0041_",
    "_x005F_x0041_",
    "_xFFFE_\ufffe_x005F_xFFFF_\uffff",
    "<r><t>fett</t></r>",
    "&amp; &#65; <b>",
]


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv"])
@pytest.mark.parametrize("texts", [PLAIN_NOTES[:7], PLAIN_NOTES[7:]])
def test_remark_outlasts_saving_in_another_format(read, written, tmp_path, suffix, texts):
    whole = with_notes(*texts)

    saved = save(load(written(whole))[:1], tmp_path / f"gespeichert{suffix}")

    assert values_in(read(saved)) == expected(whole)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv"])
def test_line_ends_outlast_saving(read, written, tmp_path, suffix):
    whole = with_notes("zwei\r\nZeilen", "alt\rzwei")

    saved = save(load(written(whole))[:1], tmp_path / f"gespeichert{suffix}")

    assert values_in(read(saved)) == expected(whole)
