"""The benchmark of writers counts what was lost, and knows what an answer that never came may have stored."""

from collections import Counter
from http import HTTPStatus

import pytest

from bench.__main__ import main
from bench.serving import slow_connections, writers
from bench.serving.servers import Answer
from bench.serving.world import Person

PERSON = Person(session="s", address="/x/", item=7, cell="7-05-_T")


class Portal:
    """Stores what it is sent unless told otherwise, and refuses what was changed meanwhile."""

    def __init__(self, *fates: str) -> None:
        self.fates = list(fates)
        self.stored = ""

    def ask(self, path, headers, *, body, timeout):
        sent = dict(pair.split("=") for pair in body.split("&"))
        value, seen = sent[f"value-{PERSON.cell}"], sent[f"seen-{PERSON.cell}"]
        fate = self.fates.pop(0) if self.fates else "answered"
        if fate == "lost":
            raise ConnectionResetError
        if seen != self.stored:
            return Answer(HTTPStatus.CONFLICT, 0.01, {}, "")
        self.stored = value
        if fate == "stored without an answer":
            raise ConnectionResetError
        return Answer(HTTPStatus.OK, 0.01, {}, "")


@pytest.mark.parametrize(
    ("fates", "acknowledged"),
    [
        ([], [1, 2, 3, 4, 5, 6]),
        (["answered", "lost"], [1, 3, 4, 5, 6]),
        (["answered", "stored without an answer"], [1, 4, 5, 6]),  # the third finds out
        (["answered", "stored without an answer", "lost", "lost"], [1]),
    ],
)
def test_writer_goes_on_whatever_became_of_a_save_without_answer(fates, acknowledged):
    writer = writers.Writer(PERSON, Portal(*fates))

    for _ in range(6):
        writer.save()

    assert writer.acknowledged[: len(acknowledged)] == acknowledged
    writer.save()
    writer.save()
    assert writer.acknowledged[-1] == 8


def measured(**changed):
    values = {
        "minutes": 1,
        "people": 2,
        "acknowledged": 3,
        "lost": [],
        "errors": Counter(),
        "kills": Counter(),
        "p50": 0.1,
        "p95": 0.2,
        "longest": 0.3,
    }
    return writers.Measured(**values | changed)


def test_a_lost_save_is_a_miss_and_so_is_a_run_without_any():
    assert measured().misses == []
    assert "1 acknowledged saves are lost" in measured(lost=[(7, 3)]).misses[0]
    assert measured(acknowledged=0).misses == ["nothing was acknowledged"]
    assert measured(p95=0.4).misses == ["95 of 100 saves within 300 ms"]
    assert measured(p95=0.4, kills=Counter(worker=1)).misses == []
    assert "Not reached" in "\n".join(writers.describe(measured(lost=[(7, 3)])))


def test_a_portal_that_did_not_answer_is_a_miss():
    times = {"/healthz": [0.001, 0.002]}
    held = slow_connections.Measured(200, 60, 0, times, {"/healthz": {200, 503}})

    assert held.misses == ["/healthz was answered with [200, 503]"]


@pytest.mark.long
def test_both_parts_work(capsys):
    assert main(["--quick", "slow_connections", "writers"]) == 0

    said = capsys.readouterr().out
    assert "| **of them lost** | **0** |" in said
    assert "50 slow connections held for 5 s" in said
