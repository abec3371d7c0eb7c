"""Totals while several people write to the same items: nothing is lost, and nobody is thrown out."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from measures.models import CurrentTotal, Figure, Item
from measures.services.recording import CellEntry, save_figures
from measures.typed_values import NOTHING
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.submissions import NRW, item_of, make_submission, number
from tests.measures.test_recording_together import together
from tests.measures.totals import assert_totals_are_those_of_the_figures

INDICATORS = ("additional_places", "training_placements")
OCCUPATIONS = ("11", "12", "21", "22", "23", "24")

_ADD = """
INSERT INTO measures_figure (item_id, region_id, occupation_id, target_group_id, value)
SELECT i.id, %s, %s, '_T', 1 FROM measures_item i WHERE i.id = ANY(%s)
"""


@pytest.fixture
def items(transactional_db) -> list[int]:
    submission = make_submission(indicators=INDICATORS)
    submission.items.update(occupation_level=2)
    return [item_of(submission, code).pk for code in INDICATORS]


def add(occupation: str, items: list[int]) -> None:
    """Plain SQL, which locks nothing before."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [NRW, occupation, items])


def totals() -> list[int]:
    found = CurrentTotal.objects.filter(occupation="_T", target_group="_T").order_by("item_id")
    return [int(total.value) for total in found if total.value is not None]


def wait_for_somebody_who_waits() -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def test_who_writes_to_an_item_meanwhile_waits_and_adds_what_was_written(items):
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            add("11", items)
            other = pool.submit(lambda: (add("12", items), connection.close()))
            wait_for_somebody_who_waits()
        other.result(timeout=10)

    assert totals() == [2, 2]
    assert_totals_are_those_of_the_figures()


def test_many_who_save_the_same_items_in_any_order_wait_for_one_another(items):
    submission = Item.objects.get(pk=items[0]).submission_id
    people = [UserFactory(), UserFactory()]

    def save(occupation, order, actor):
        cells = [
            CellEntry(item, NRW, entry=number(1), seen=NOTHING, occupation=occupation)
            for item in (items if order else items[::-1])
        ]
        return save_figures(submission_id=submission, cells=cells, actor=actor)

    for first in range(0, len(OCCUPATIONS), 3):
        one, two, three = OCCUPATIONS[first : first + 3]
        results = together(
            lambda one=one: save(one, 0, people[0]),
            lambda two=two: save(two, 1, people[1]),
            lambda three=three: add(three, items[::-1]),
        )
        assert [each for each in results if isinstance(each, Exception)] == []

    assert totals() == [len(OCCUPATIONS)] * 2
    assert_totals_are_those_of_the_figures()


def test_figures_are_written_where_what_others_wrote_is_seen(items):
    """A transaction that keeps its first view of the data would add up without the others' figures."""

    @transaction.atomic
    def add_to_what_was_seen_first():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        add("11", items)

    with pytest.raises(IntegrityError) as refused:
        add_to_what_was_seen_first()

    assert broken_rule(refused.value) == "totals_are_read_committed"
    assert not Figure.objects.exists()
