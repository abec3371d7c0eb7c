"""Reports about the content security policy: bounded lines in the log, and nothing kept."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

OLD, NEW = "application/csp-report", "application/reports+json"
REPORT = {
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/x.js?secret=1",
    "document-uri": "https://testserver/einladung/a-secret-token/?next=2",
}
BODY = {
    "effectiveDirective": "img-src",
    "blockedURL": "inline",
    "documentURL": "https://testserver/import/7/",
}


@pytest.fixture(autouse=True)
def counted_from_nothing():
    cache.delete("csp-reports")


def send(client, sent, content_type=OLD):
    body = sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
    return client.generic("POST", reverse("csp_report"), body, content_type=content_type)


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name.endswith("csp_reports")]


def test_report_is_one_line_without_queries_and_secrets(client, caplog):
    answer = send(client, {"csp-report": REPORT})

    assert (answer.status_code, answer.content) == (204, b"")
    assert lines(caplog) == [
        "Content security policy: script-src-elem blocked https://evil.example on partners:invitation_open"
    ]


def test_reports_of_the_newer_form_are_read_up_to_a_number(client, caplog):
    send(client, [{"type": "csp-violation", "body": BODY}] * 50, NEW)

    assert lines(caplog) == ["Content security policy: img-src blocked inline on measures:import_detail"] * 5


def test_log_is_bounded_and_takes_no_line_breaks(client, caplog):
    nasty = {
        "effective-directive": "a\nCRITICAL forged\r\n\x1b[2J" + "x" * 5000,
        "blocked-uri": "http://[",
        "document-uri": 7,
    }

    send(client, {"csp-report": nasty})

    [line] = lines(caplog)
    assert line.isprintable()
    assert len(line) < 200


def test_lines_of_a_minute_are_limited(client, caplog, settings):
    settings.CSP_REPORTS_A_MINUTE = 3

    answers = {send(client, {"csp-report": REPORT}).status_code for _ in range(6)}

    assert answers == {204}
    assert len(lines(caplog)) == 3


@pytest.mark.parametrize(
    ("sent", "content_type", "status"),
    [
        ("no json", OLD, 204),
        ("[" * 20_000, NEW, 413),
        ("[" * 10_000, NEW, 204),
        ([1, "a", {"body": []}], NEW, 204),
        ({"csp-report": "x"}, OLD, 204),
        (b"\xff\xfe", OLD, 204),
        ("x" * 17_000, OLD, 413),
        ("a=b", "application/x-www-form-urlencoded", 415),
    ],
)
def test_what_is_no_report_leaves_no_line(client, caplog, sent, content_type, status):
    assert send(client, sent, content_type).status_code == status
    assert lines(caplog) == []


def test_pages_name_the_address_for_reports(client, db):
    response = client.get(reverse("account_login"))

    assert "report-uri /csp-bericht/" in response["Content-Security-Policy"]
    assert "report-to csp" in response["Content-Security-Policy"]
    assert response["Reporting-Endpoints"] == f'csp="{reverse("csp_report")}"'
