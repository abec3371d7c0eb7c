"""Whatever is stored stands in the workbook so that it is read back as the same."""

import datetime as dt
import string
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.renderers.own_workbook import (
    Content,
    Name,
    RequestedIndicator,
    StatedValue,
    WorkbookRow,
    render_template,
)

YEAR = 2016
WHOLE = RequestedIndicator(
    code="additional_places", name="Ausbildungsplätze", unit="Plätze", may_be_negative=True
)
MONEY = RequestedIndicator(code="expenditure", name="Ausgaben", unit="Euro", decimals=2)
GROUPS = ("_T", "B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W")

notes = st.text(string.ascii_letters + "äöüß=+-@'\"(;), 0123456789", max_size=20).map(
    lambda text: " ".join(text.split())
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    whole=st.lists(stated(0, -(10**14) + 1), min_size=1, max_size=len(GROUPS)),
    money=stated(2, 0),
    language=st.sampled_from(["de", "en"]),
)
def test_what_is_stored_is_read_back_as_it_was(read, tmp_path, whole, money, language):
    expected = {(WHOLE.code, group): given for group, given in zip(GROUPS, whole, strict=False)}
    expected[MONEY.code, "_T"] = money
    asked = {WHOLE.code: WHOLE, MONEY.code: MONEY}
    content = Content(
        year=YEAR,
        organisation=Name("IHK-142", "IHK zu Köln"),
        language=language,
        opens_on=dt.date(2017, 1, 2),
        closes_on=dt.date(2017, 3, 31),
        lines=[
            WorkbookRow(
                indicator=asked[code],
                region=Name("05", "Nordrhein-Westfalen"),
                target_group=Name(group, group),
                occupation=Name("_T", "Alle Berufe"),
                last_year=StatedValue(Decimal(1)),
                now=given,
            )
            for (code, group), given in expected.items()
        ],
        indicators=list(asked.values()),
        target_groups=[Name(group, group) for group in GROUPS],
        regions=[Name("05", "Nordrhein-Westfalen")],
        occupations={},
        absences={key: key for key in ("unknown", "confidential", "not_applicable", "pending")},
        checks=[],
        holding=[],
    )
    path = tmp_path / "vorlage.xlsx"
    path.write_bytes(render_template(content))

    reading = read(path)

    found = {
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
    assert not any(row.held for row in reading.rows)
    assert found == {key: given for key, given in expected.items() if given != StatedValue()}
