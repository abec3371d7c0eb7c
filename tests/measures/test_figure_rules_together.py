"""Rules that look at other rows, with somebody else changing those at the same moment."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from measures.models import Item, Submission
from partners.models import Organisation
from partners.violations import broken_rule
from tests.measures.submissions import item_of, make_submission, move, put, round_of

pytestmark = pytest.mark.usefixtures("transactional_db")

SET_VALUE = "UPDATE measures_figure SET value = %s WHERE item_id = %s"


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def in_another_connection(work):
    """Start ``work`` beside us; it ends with the name of the rule it broke, or with None."""
    result = []

    def run():
        try:
            work()
            result.append(None)
        except IntegrityError as error:
            result.append(broken_rule(error))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def test_figure_written_while_its_submission_is_handed_in_is_refused():
    item = item_of(make_submission())
    put(item, 5)

    with transaction.atomic():
        move(item.submission, "submitted")
        thread, result = in_another_connection(lambda: sql(SET_VALUE, 6, item.pk))
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(10)

    assert result == ["figure_submission_is_editable"]


def test_umbrella_and_member_made_owners_at_once_are_told_apart():
    item = item_of(make_submission("IHK-142", ("internships",)), "internships")
    item.delete()
    umbrella = Submission.objects.create(round=round_of(), organisation=Organisation.objects.get(code="DIHK"))

    with transaction.atomic():
        Item.objects.create(submission=item.submission, indicator=item.indicator)
        thread, result = in_another_connection(
            lambda: Item.objects.create(submission=umbrella, indicator=item.indicator)
        )
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(10)

    assert result == ["item_owners_are_an_antichain"]
