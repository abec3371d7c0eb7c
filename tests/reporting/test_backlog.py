"""Alarms on queues that are too long or too old."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from measures.models import ImportRun
from partners.services import mails, password_resets
from reporting.models import ProgressReport
from reporting.selectors.backlog import backlogs
from reporting.tasks import watch_queues
from tests.factories import UserFactory
from tests.measures.spreadsheets import person, receive, row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alarms_anew(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.delete("queue-alarm-reading")


@pytest.fixture
def waiting() -> ImportRun:
    return receive(workbook([row(5)]), person())


def state() -> dict[str, tuple[int, bool]]:
    return {each.queue: (each.count, each.is_too_much) for each in backlogs()}


def levels(caplog) -> list[str]:
    return [record.levelname for record in caplog.records if record.name == "reporting.services.alarms"]


def wait(minutes: int) -> None:
    ImportRun.objects.update(waiting_since=timezone.now() - dt.timedelta(minutes=minutes))


def test_a_queue_is_counted_by_the_database(waiting):
    ProgressReport.objects.create(year=2016, requested_by=UserFactory())

    mails.write(recipient="ada@example.org", subject="Hello", body="…")
    password_resets.request(email="ada@example.org", origin="https://x", language="de")

    assert state() == {
        "reading": (1, False),
        "writing": (0, False),
        "mail": (2, False),
        "reports": (1, False),
        "lists": (0, False),
    }


def test_nothing_is_too_much_for_alarms_while_all_is_well(waiting, caplog):
    watch_queues()

    assert levels(caplog) == []
    call_command("queue_state")


@pytest.mark.parametrize("why", ["old", "long"])
def test_a_queue_that_is_too_old_or_too_long_is_an_error_once_an_hour(waiting, settings, caplog, why):
    if why == "old":
        wait(minutes=settings.QUEUE_ALARM_MINUTES + 1)
    else:
        settings.QUEUE_ALARM_LENGTH = 0

    watch_queues()
    watch_queues()

    assert levels(caplog) == ["ERROR", "WARNING"]
    assert "reading: 1" in caplog.text


def test_the_command_shows_the_queues_and_ends_with_1_if_one_is_too_old(waiting, settings, capsys):
    wait(minutes=settings.QUEUE_ALARM_MINUTES + 1)

    with pytest.raises(CommandError, match="reading"):
        call_command("queue_state", "--json")

    shown = json.loads(capsys.readouterr().out)
    assert shown["reading"]["is_too_much"]
    assert shown["writing"] == {"queue": "writing", "count": 0, "oldest_seconds": 0, "is_too_much": False}
