"""Jobs are forked from a server that has the reader loaded; it comes and goes with whoever needs it."""

import os
import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from measures.importing.process.fork_server import ForkServer
from measures.importing.process.guard import TooCostlyError, run_guarded
from measures.importing.vocabulary import Limits
from tests.processes import children_of, until

HERE = "tests.measures.importing.forked_jobs"


def run(function: str, *, seconds: float = 30, **arguments) -> str:
    return run_guarded(f"{HERE}:{function}", arguments, Limits(seconds=seconds), str)


def server() -> int:
    run("echo", word="")
    [number] = children_of(os.getpid())
    return number


def next_server(known: set[int]) -> int:
    return until(lambda: set(children_of(os.getpid())) - known).pop()


def test_jobs_of_several_threads_each_have_their_answer():
    words = [f"word {number}" for number in range(12)]

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda word: run("echo", word=word), words))

    assert answers == words


def test_jobs_are_processes_of_their_own_and_leave_nothing_behind():
    pids = {run("own_number"), run("own_number")}

    assert len(pids) == 2
    assert children_of(server()) == []


def test_server_has_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    os.kill(server(), signal.SIGKILL)
    run("echo", word="started anew")

    environment = Path(f"/proc/{server()}/environ").read_bytes()

    assert b"hidden" not in environment
    assert b"DATABASE_URL" not in environment


def test_server_that_was_killed_is_started_anew():
    before = server()
    os.kill(before, signal.SIGKILL)

    assert run("echo", word="again") == "again"
    assert server() != before


@pytest.mark.long
@pytest.mark.parametrize(("losses", "outcome"), [(1, "done"), (2, "given up")])
def test_job_is_done_again_when_its_server_is_lost_and_given_up_when_that_is_lost_too(
    tmp_path, losses, outcome
):
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(run, "wait_a_little", folder=tmp_path)
        known: set[int] = set()
        for loss in range(losses):
            until(lambda: len(list(tmp_path.iterdir())) > loss)  # noqa: B023  waited for at once
            number = next_server(known)
            os.kill(number, signal.SIGKILL)
            known.add(number)

        if outcome == "done":
            assert answer.result(timeout=30) == "waited"
        else:
            with pytest.raises(TooCostlyError):
                answer.result(timeout=30)


def test_job_that_takes_too_long_is_killed():
    with pytest.raises(TooCostlyError):
        run("wait", seconds=0.3)

    assert children_of(server()) == []


@pytest.mark.long
def test_copy_of_the_owner_starts_a_server_of_its_own(tmp_path):
    server()
    if (copy := os.fork()) == 0:
        # pytest's own clean-up is not for this copy, whatever happens.
        found = b"failed"
        try:
            found = run("echo", word="from the copy").encode()
        finally:
            (tmp_path / "answer").write_bytes(found)
            os._exit(0)
    os.waitpid(copy, 0)

    assert (tmp_path / "answer").read_text() == "from the copy"
    assert run("echo", word="still here") == "still here"


@pytest.mark.long
def test_stopped_server_takes_its_job_along(tmp_path):
    (tmp_path / "request").write_bytes(
        pickle.dumps((f"{HERE}:wait", {}, Limits(), False), pickle.HIGHEST_PROTOCOL)
    )
    before = children_of(os.getpid())
    alone = ForkServer()
    job = alone.start_job(tmp_path)
    [number] = set(children_of(os.getpid())) - set(before)
    [job_number] = until(lambda: children_of(number))

    alone.stop()
    job.end()

    assert children_of(os.getpid()) == before
    until(lambda: not Path(f"/proc/{job_number}").exists())
