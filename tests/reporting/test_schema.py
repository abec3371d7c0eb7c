import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import msgspec
import pytest

from reporting.frozen.decoding import decode
from reporting.frozen.schema import Amount, AmountState, TargetData, YearFigure
from tests.reporting.sample_snapshot import make_snapshot


def test_a_snapshot_survives_the_round_trip_through_json():
    snapshot = make_snapshot()

    assert decode(snapshot.to_json()) == snapshot


def test_the_canonical_form_has_sorted_keys_and_no_floats():
    def refuse(text):
        raise AssertionError(f"{text} is a float")

    content = make_snapshot().to_json()

    data = json.loads(content, parse_float=refuse)
    assert json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == content


def test_equal_numbers_from_the_database_are_written_alike():
    stored = [
        TargetData(value=Decimal(text), baseline=Decimal("0.00")) for text in ("7300", "7300.0000", "7.3E+3")
    ]

    assert {msgspec.json.encode(target) for target in stored} == {msgspec.json.encode(stored[0])}
    assert str(stored[1].value) == "7300"


def test_the_same_moment_in_another_time_zone_is_written_alike():
    snapshot = make_snapshot()
    elsewhere = snapshot.taken_at.astimezone(timezone(timedelta(hours=9)))

    assert make_snapshot(taken_at=elsewhere).to_json() == snapshot.to_json()


def test_a_changed_number_changes_the_bytes():
    snapshot = make_snapshot()
    first, *others = snapshot.participation

    changed = replace(snapshot, participation=(replace(first, approved=first.approved - 1), *others))

    assert changed.to_json() != snapshot.to_json()


def test_an_attainment_is_kept_to_six_places():
    figure = YearFigure(
        year=2016, amount=Amount(state=AmountState.PENDING), attainment=Decimal(140) / Decimal(150)
    )

    assert figure.attainment == Decimal("0.933333")


@pytest.mark.parametrize(
    ("state", "value"),
    [(AmountState.VALUE, None), (AmountState.NOT_REPORTED, Decimal(0)), (AmountState.UNKNOWN, Decimal(5))],
)
def test_an_amount_has_either_a_value_or_an_absence(state, value):
    with pytest.raises(ValueError, match="either a value or an absence"):
        Amount(state=state, value=value)


def test_a_snapshot_of_an_unknown_shape_is_refused():
    data = json.loads(make_snapshot().to_json())
    data["measures"][0]["indicators"][0]["years"][0]["amount"]["state"] = "zero"

    with pytest.raises(msgspec.ValidationError, match="zero"):
        decode(json.dumps(data).encode())


def test_a_snapshot_needs_a_moment_with_a_time_zone():
    aware = make_snapshot().taken_at

    assert (aware.utcoffset(), aware.microsecond) == (timedelta(0), 0)
    with pytest.raises(ValueError, match="time zone"):
        make_snapshot(taken_at=datetime(2017, 2, 14, 9, 30))  # noqa: DTZ001  # the point of the test
