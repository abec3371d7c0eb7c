"""What a person may type into a cell."""

from decimal import Decimal

import pytest
from django.utils import translation

from measures.exceptions import TypedValueError
from measures.forms.typed_entries import notation_in, read_entry
from measures.typed_values import NOTHING, AmbiguousNumberError, Entry, entry_from_token, written_plainly


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.300", "7300"),
        ("7300", "7300"),
        ("7 300", "7300"),
        ("7\u00a0300", "7300"),
        ("7\u202f300", "7300"),
        ("7'300", "7300"),
        ("7,300", "7300"),
        ("1.234.567", "1234567"),
        ("0", "0"),
        (" 12 ", "12"),
        ("+12", "12"),
        ("-12", "-12"),
        ("−1.200", "-1200"),
        ("– 5", "-5"),
        ("12,0", "12"),
        ("007", "7"),
    ],
)
def test_whole_number_is_read_in_any_notation(text, value):
    assert read_entry(text) == Entry(value=Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.23", "1.23"),
        ("1.234.567", "1234567"),
        ("1234", "1234"),
        ("1 234", "1234"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_decimal_number_with_one_reading_is_read_in_any_language(language, text, value):
    with translation.override(language):
        assert read_entry(text, decimals=2) == Entry(value=Decimal(value))


@pytest.mark.parametrize(
    ("language", "text", "message"),
    [
        ("de", "1.300", "„1.300“ kann zweierlei heißen: 1300 oder 1,3. Wählen Sie, was stimmt."),
        ("en", "1,300", "“1,300” can mean two things: 1300 or 1.3. Choose which is right."),
    ],
)
def test_number_with_two_readings_is_asked_where_decimals_are_counted(language, text, message):
    with translation.override(language), pytest.raises(AmbiguousNumberError) as caught:
        read_entry(text, decimals=2)

    assert str(caught.value) == message
    assert caught.value.readings == (Entry(value=Decimal(1300)), Entry(value=Decimal("1.3")))


def test_reading_with_too_many_decimals_is_no_choice():
    with translation.override("de"), pytest.raises(AmbiguousNumberError) as caught:
        read_entry("1,234", decimals=2)

    assert caught.value.readings == (Entry(value=Decimal(1234)),)
    assert str(caught.value) == (
        "„1,234“ kann zweierlei heißen: 1234 oder eine Zahl mit mehr als den 2 Nachkommastellen, "
        "die hier möglich sind. Wählen oder berichtigen Sie."
    )


@pytest.mark.parametrize(
    ("texts", "decimals", "text", "value"),
    [
        (["12,5", "7"], 2, "1.300", "1300"),
        (["12.5", "7"], 2, "1.300", "1.3"),
        (["1.234.567"], 2, "1,300", "1.3"),
    ],
)
def test_values_around_a_number_show_its_notation(texts, decimals, text, value):
    notation = notation_in([*texts, text], decimals=decimals)

    assert read_entry(text, decimals=decimals, notation=notation) == Entry(value=Decimal(value))


@pytest.mark.parametrize("texts", [[], ["7", "viele"], ["12,5", "12.5"]])
def test_values_that_show_no_notation_leave_the_question_open(texts):
    notation = notation_in([*texts, "1.300"], decimals=2)

    with pytest.raises(AmbiguousNumberError):
        read_entry("1.300", decimals=2, notation=notation)


def test_text_left_as_the_page_showed_it_means_what_the_page_showed():
    shown = Entry(value=Decimal(1300))

    with translation.override("de"):
        assert read_entry(shown.text, decimals=2, shown=shown) == shown


@pytest.mark.parametrize(
    ("value", "text"), [("1300", "1300"), ("1.3", "1,3"), ("1.234", "1,2340"), ("-1.50", "-1,5"), ("0", "0")]
)
def test_number_written_plainly_has_one_reading(value, text):
    with translation.override("de"):
        assert written_plainly(Decimal(value)) == text
        assert read_entry(text, decimals=4) == Entry(value=Decimal(value))


@pytest.mark.parametrize(
    ("text", "absence"),
    [
        ("k. A.", "unknown"),
        ("k.A.", "unknown"),
        ("ka", "unknown"),
        ("keine Angabe", "unknown"),
        ("unbekannt", "unknown"),
        ("x", "not_applicable"),
        ("X", "not_applicable"),
        ("entfällt", "not_applicable"),
        ("*", "confidential"),
        ("geheim", "confidential"),
        ("...", "pending"),
        ("…", "pending"),
        ("folgt", "pending"),
    ],
)
def test_reason_for_no_value_is_read(text, absence):
    assert read_entry(text) == Entry(absence=absence)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\t"])
def test_empty_cell_is_not_reported_and_not_zero(text):
    assert read_entry(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "-",
            (
                "„-“ ist nicht eindeutig: Schreiben Sie 0, wenn es nichts gab, "
                "oder k. A., wenn es nicht bekannt ist."
            ),
        ),
        (
            ".",
            (
                "„.“ ist nicht eindeutig: Schreiben Sie k. A., wenn es nicht bekannt ist, "
                "oder *, wenn es geheim ist."
            ),
        ),
        ("12,5", "„12,5“ ist keine ganze Zahl. Hier wird nur in ganzen Zahlen gezählt."),
        (
            "viele",
            (
                "„viele“ ist keine Zahl. Schreiben Sie zum Beispiel 7.300 oder k. A. (nicht bekannt), "
                "x (trifft nicht zu), * (geheim), … (folgt später)."
            ),
        ),
        ("9" * 15, f"„{'9' * 15}“ ist zu groß, um stimmen zu können."),
        ("9" * 40, f"„{'9' * 40}“ ist zu groß, um stimmen zu können."),
    ],
)
def test_unreadable_text_says_what_to_write(text, message):
    with translation.override("de"), pytest.raises(TypedValueError) as caught:
        read_entry(text)

    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["1.2.3", "12 3", "1,2,3", "--5", "5-", "=1+1", "1e5", "٣", "NaN", "12 %"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(TypedValueError):
        read_entry(text)


def test_too_many_decimals_are_refused():
    with translation.override("de"), pytest.raises(TypedValueError) as caught:
        read_entry("1,2345", decimals=2)

    assert str(caught.value) == "„1,2345“ hat zu viele Nachkommastellen; hier sind höchstens 2 möglich."


@pytest.mark.parametrize(
    ("language", "entry", "text"),
    [
        ("de", Entry(value=Decimal("7300.0000")), "7.300"),
        ("en", Entry(value=Decimal("7300.0000")), "7,300"),
        ("de", Entry(value=Decimal("-12.5000")), "-12,5"),
        ("de", Entry(value=Decimal("0.0000")), "0"),
        ("de", Entry(absence="unknown"), "k. A."),
        ("en", Entry(absence="unknown"), "unknown"),
        ("de", Entry(absence="not_applicable"), "x"),
        ("de", Entry(absence="confidential"), "*"),
        ("de", Entry(absence="pending"), "…"),
        ("de", NOTHING, ""),
    ],
)
def test_entry_is_written_as_it_would_be_typed(language, entry, text):
    with translation.override(language):
        assert entry.text == text
        assert read_entry(text, decimals=1, shown=entry) == entry


@pytest.mark.parametrize(
    ("entry", "token"),
    [
        (Entry(value=Decimal("7300.0000")), "7300"),
        (Entry(value=Decimal("0.0000")), "0"),
        (Entry(value=Decimal("-12.5")), "-12.5"),
        (Entry(absence="pending"), "pending"),
        (NOTHING, ""),
    ],
)
def test_token_of_what_was_shown_comes_back_whole(entry, token):
    assert entry.token == token
    assert entry_from_token(token) == entry


@pytest.mark.parametrize("token", ["7.300,0", "nonsense", "1e5", "--1"])
def test_forged_token_is_refused(token):
    with pytest.raises(TypedValueError):
        entry_from_token(token)
