"""Every line says what it belongs to, and none what a record holds."""

import io
import json
import logging

import pytest
from celery import shared_task
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import override_settings

from alliance_portal.celery import app
from alliance_portal.logs import context
from alliance_portal.logs.formatters import ContextFilter, JsonFormatter, LineFormatter
from alliance_portal.logs.middleware import HEADER
from alliance_portal.logs.reports import MAIL_ERROR, ErrorMailHandler, scrubbed
from alliance_portal.logs.tasks import CAUSE, begin_task, pass_on_the_request
from partners.models import User
from tests.queues import DEAD, broker, sending_to

logger = logging.getLogger("tests.lines")


@pytest.fixture
def lines():
    """What is logged from here on, as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(ContextFilter())
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


SECRET = "secret.person@example.org"


@pytest.fixture
def refused_by_the_database(db) -> IntegrityError:
    User.objects.create_user(SECRET)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        User.objects.create_user(SECRET)
    return caught.value


@shared_task(name="tests.logging_task")
def logging_task(run_id: int, words: str) -> None:
    logger.info("Working")


@pytest.mark.django_db
def test_line_of_a_request_names_request_person_view_and_record(client, sign_in, lines):
    person = sign_in("reviewer", "BMAS")

    response = client.get("/berichte/4711/?q=confidential")

    answered = [line for line in lines() if line["logger"] == "portal.requests"]
    assert len(answered) == 1
    assert answered[0] | {"time": "", "process": 0, "duration_ms": 0} == {
        "time": "",
        "process": 0,
        "level": "INFO",
        "logger": "portal.requests",
        "message": "GET answered",
        "request_id": response.headers[HEADER],
        "person_id": person.pk,
        "view": "reporting:report_detail",
        "pk": 4711,
        "status_code": 404,
        "duration_ms": 0,
    }
    assert "confidential" not in str(lines())


@pytest.mark.django_db
def test_each_request_has_a_name_of_its_own(client):
    names = {client.get("/de/impressum/").headers[HEADER] for _ in range(3)}

    assert len(names) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trusted", "given", "kept"),
    [
        (True, "from-the-proxy-1", True),
        (False, "from-the-proxy-1", False),
        (True, "two\nlines-of-log", False),
        (True, "x" * 65, False),
    ],
)
def test_name_comes_from_the_proxy_only_where_it_may(client, settings, trusted, given, kept):
    settings.REQUEST_ID_FROM_PROXY = trusted

    assert (client.get("/de/impressum/", headers={HEADER: given}).headers[HEADER] == given) is kept


def test_task_carries_the_request_that_caused_it(lines):
    context.begin(request_id="cause")
    headers: dict = {}
    pass_on_the_request(headers=headers)
    context.begin()
    logging_task.push_request(id="t1", is_eager=False, **headers)
    try:
        begin_task(task_id="t1", task=logging_task, args=[7], kwargs={"words": "confidential words"})
        logging_task.run(7, "confidential words")
    finally:
        logging_task.pop_request()

    (line,) = [line for line in lines() if line["message"] == "Working"]
    assert headers == {CAUSE: "cause"}
    assert (line["request_id"], line["task"], line["task_id"], line["run_id"]) == (
        "cause", "tests.logging_task", "t1", 7,
    )  # fmt: skip
    assert "confidential" not in str(lines())


def test_task_within_a_request_keeps_its_name(lines):
    context.begin(request_id="cause")

    logging_task.delay(7, words="x")

    (line,) = [line for line in lines() if line["message"] == "Working"]
    assert (line["request_id"], line["run_id"]) == ("cause", 7)


def test_celery_leaves_the_logs_as_they_are_set():
    handlers = list(logging.getLogger().handlers)

    app.log.setup(loglevel="DEBUG")

    assert logging.getLogger().handlers == handlers


def logged(error: Exception, formatter: logging.Formatter) -> str:
    record = logger.makeRecord(
        "x", logging.ERROR, "f", 1, "failed: %s", (error,), (type(error), error, error.__traceback__)
    )
    ContextFilter().filter(record)
    return formatter.format(record)


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()])
def test_traceback_is_logged_without_the_values_of_the_row(refused_by_the_database, formatter):
    line = logged(refused_by_the_database, formatter)

    assert "user_unique_email" in line
    assert "Traceback" in line
    assert "secret.person" not in line


def test_line_stays_one_line_whatever_it_says():
    context.begin()
    line = logged(ValueError("a\nb\ud800\u2028"), JsonFormatter())

    assert len(line.split("\n")) == 1
    assert json.loads(line)["level"] == "ERROR"


def test_mail_about_an_error_carries_the_line_and_no_request(rf, refused_by_the_database):
    context.begin(request_id="cause")
    record = logger.makeRecord(
        "x", logging.ERROR, "f", 1, "failed", (), (IntegrityError, refused_by_the_database, None),
        extra={"request": rf.post("/", {"word": "confidential"})},
    )  # fmt: skip
    ContextFilter().filter(record)
    with override_settings(ADMINS=[("a@example.org", "a@example.org")]):
        ErrorMailHandler().emit(record)

    (message,) = mail.outbox
    assert "cause" in message.subject
    assert json.loads(message.body)["request_id"] == "cause"
    assert "confidential" not in message.body
    assert "secret.person" not in message.body


def test_error_sent_to_a_service_says_where_and_not_what():
    context.begin(request_id="cause")

    sent = scrubbed(
        {
            "request": {"data": "confidential"},
            "user": {"email": "confidential"},
            "breadcrumbs": {"values": ["confidential"]},
            "logentry": {"message": "failed: %s", "params": ["confidential"], "formatted": "confidential"},
            "exception": {
                "values": [
                    {
                        "type": "IntegrityError",
                        "value": "refused\nDETAIL:  Key (email)=(confidential) exists.",
                        "stacktrace": {"frames": [{"function": "save", "vars": {"email": "confidential"}}]},
                    }
                ]
            },
        }
    )

    assert "confidential" not in str(sent)
    assert sent["exception"]["values"][0]["stacktrace"]["frames"] == [{"function": "save"}]
    assert sent["tags"] == {"request_id": "cause"}


def test_database_is_not_asked_for_a_line(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        logger.warning("A line")


@pytest.fixture
def failure() -> logging.LogRecord:
    record = logging.LogRecord("portal", logging.ERROR, "", 0, "it failed", None, None)
    ContextFilter().filter(record)
    return record


def test_error_is_mailed_by_the_worker_that_sends_mails(settings, failure):
    settings.ADMINS = [("a@example.org", "a@example.org")]
    with broker() as messages:
        ErrorMailHandler().emit(failure)

        assert messages.count("mail") == 1


def test_error_stays_in_the_log_while_the_queue_is_away_and_where_mailing_it_fails(
    settings, failure, mailoutbox
):
    settings.ADMINS = [("a@example.org", "a@example.org")]
    with sending_to(DEAD):
        ErrorMailHandler().emit(failure)
    failure.context = {"task": MAIL_ERROR}
    ErrorMailHandler().emit(failure)

    assert mailoutbox == []
