from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from partners.templatetags import portal
from partners.templatetags.portal import (
    absence_label,
    money,
    number,
    page_numbers,
    percent,
    plain_number,
    signed,
    tone,
)


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (18118, "18.118", "18,118"),
        (Decimal("12.50"), "12,5", "12.5"),
        (Decimal("20000.000"), "20.000", "20,000"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (-1234, "−1.234", "−1,234"),
        (0, "0", "0"),
        ("1234.5", "1.234,5", "1,234.5"),
        (None, "", ""),
        ("", "", ""),
        (Decimal("NaN"), "", ""),
    ],
)
def test_number_is_written_as_the_language_does(value, german, english):
    with translation.override("de"):
        assert number(value) == german
    with translation.override("en"):
        assert number(value) == english


@pytest.mark.parametrize(("value", "expected"), [("0.5", "1"), ("1.5", "2"), ("2.5", "3"), ("-0.5", "−1")])
def test_number_rounds_half_up(value, expected):
    assert number(Decimal(value), 0) == expected


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (Decimal("7900000.0000"), "7.900.000\xa0€", "€7,900,000"),
        (Decimal("0.5"), "0,50\xa0€", "€0.50"),
        (None, "", ""),
    ],
)
def test_money_has_cents_only_where_there_are_some(value, german, english):
    with translation.override("de"):
        assert money(value) == german
    with translation.override("en"):
        assert money(value) == english


def test_number_keeps_the_decimals_asked_for():
    with translation.override("de"):
        assert number(Decimal(100), 1) == "100,0"


def test_change_carries_its_sign():
    with translation.override("de"):
        assert [signed(value) for value in (1200, 0, -3)] == ["+1.200", "0", "−3"]


def test_percent_takes_a_ratio_and_a_narrow_space_in_german():
    with translation.override("de"):
        assert [percent(Decimal("0.9059")), percent(Decimal("0.9059"), 1)] == ["91\u202f%", "90,6\u202f%"]
    with translation.override("en"):
        assert percent(Decimal("0.9059"), 1) == "90.6%"


def test_attribute_number_does_not_follow_the_language():
    with translation.override("de"):
        assert [plain_number(Decimal("1234.50")), plain_number(None)] == ["1234.5", ""]


def test_absence_without_a_code_is_not_reported():
    with translation.override("en"):
        assert [str(absence_label(code)) for code in (None, "unknown", "incomplete")] == [
            "not reported",
            "unknown",
            "incomplete",
        ]


def test_unknown_state_has_a_neutral_tone():
    assert [tone("ready"), tone("released"), tone("never heard of")] == ["warning", "success", "neutral"]


def test_page_numbers_leave_out_the_middle():
    assert page_numbers(Paginator(range(300), 10).page(15)) == [1, None, 13, 14, 15, 16, 17, None, 30]


class UploadForm(forms.Form):
    year = forms.ChoiceField(label="Year", choices=[("2016", "2016")], help_text="The reporting year.")
    reason = forms.CharField(
        label="Reason", required=False, widget=forms.TextInput({"placeholder": "Reason"})
    )


def test_form_field_ties_hint_and_error_to_its_input():
    with translation.override("en"):
        html = str(UploadForm({"year": "1999"})["year"].as_field_group())

    select = '<select name="year" class="kern-form-input__select kern-form-input__select--error"'
    assert select in html
    assert 'aria-describedby="id_year_helptext id_year_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_year_error"' in html


def test_placeholder_does_not_stand_in_for_the_label():
    html = str(UploadForm()["reason"].as_field_group())

    assert "placeholder" not in html
    assert '<label class="kern-label" for="id_reason">' in html


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/import/7/", ["/import/"]), ("/", ["/"]), ("/konto/login/", [])],
)
def test_navigation_marks_where_the_reader_is(path, marked):
    template = Template("{% load portal %}{% current_page address %}")
    request = RequestFactory().get(path)

    here = [
        address
        for address in ("/", "/import/", "/berichte/")
        if template.render(Context({"request": request, "address": address})) == ' aria-current="page"'
    ]

    assert here == marked


def test_figure_without_a_value_says_why():
    with translation.override("en"):
        html = Template('{% include "components/figure.html" %}').render(
            Context({"value": None, "absence": "incomplete"})
        )

    assert html.strip() == '<span class="portal-figure__absence">incomplete</span>'


def test_constant_part_is_made_once_in_each_language():
    footer = Template('{% load portal %}{% constant "partials/_footer.html" %}')
    with translation.override("de"):
        german = footer.render(Context())
    with translation.override("en"):
        english = footer.render(Context())
        made = portal._constant.cache_info().misses
        again = footer.render(Context())

    assert "Impressum" in german
    assert "Legal notice" in english
    assert again == english
    assert portal._constant.cache_info().misses == made
