"""A clerk saves a cell while somebody else's change holds the submission: told so in words, soon."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from measures.models import Figure
from measures.services.imports.writing.locking import lock_submissions
from tests.measures.submissions import item_of, make_submission

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def locked():
    """A submission that an import holds, as it does while it writes."""
    submission = make_submission()
    other = make_submission("IHK-112")
    is_locked, may_end = Event(), Event()

    def hold():
        with transaction.atomic():
            lock_submissions([submission.pk])
            is_locked.set()
            may_end.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert is_locked.wait(10)
        yield submission, other
        may_end.set()
        held.result()


@pytest.fixture
def patience():
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
        yield
        cursor.execute("RESET lock_timeout")


def save(client, submission):
    item = item_of(submission)
    region = submission.organisation.region_id
    return client.post(
        reverse("measures:submission_cell", args=[submission.pk]),
        {f"value-{item.pk}-{region}-_T": "734", f"seen-{item.pk}-{region}-_T": ""},
    )


def test_cell_of_a_submission_that_an_import_holds_keeps_its_value(client, sign_in, locked, patience):
    sign_in("contributor", "IHK-142")

    response = save(client, locked[0])

    assert response.status_code == 409
    assert "wird gerade von einem Import" in response.content.decode()
    assert [cell.typed for cell in response.context["cells"]] == ["734"]
    assert not Figure.objects.exists()


def test_cell_of_another_submission_is_saved(client, sign_in, locked, patience):
    sign_in("contributor", "IHK-112")

    assert save(client, locked[1]).status_code == 200
    assert Figure.objects.get().value == 734
