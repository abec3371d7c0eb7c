"""The process that opens a stranger's file reaches nothing of the portal, whatever the file makes it do."""

import logging
import os
import socket

import pytest

from measures.importing import Limits
from measures.importing.process import guard
from tests.measures.importing.hostile_job import Attempts

REFUSED = {
    "environment of the parent": {"PermissionError"},
    "memory of the parent": {"PermissionError"},
    "open files of the parent": {"PermissionError"},
    "other processes": {"PermissionError"},
    "the database": {"PermissionError"},
    "a datagram": {"PermissionError"},
    "a socket file": {"PermissionError"},
    "a file of somebody else": {"PermissionError"},
    "writing outside": {"PermissionError"},
    "writing into the code": {"PermissionError"},
    "another program": {"PermissionError", "BlockingIOError"},
    "another process": {"PermissionError", "BlockingIOError"},
    "a thread": {"RuntimeError"},
    "a signal": {"PermissionError"},
    "files without end": {"OSError"},
}


@pytest.fixture
def attack(tmp_path):
    """Let the hostile job loose, with something to find outside its folder and a server that listens."""

    def _attack() -> Attempts:
        folder = tmp_path / "inside"
        folder.mkdir()
        (tmp_path / "secret").write_text("secret")
        with socket.create_server(("127.0.0.1", 0)) as server:
            arguments = {
                "folder": folder,
                "victim": os.getpid(),
                "outside": str(tmp_path / "outside"),
                "secrets": str(tmp_path / "secret"),
                "address": server.getsockname(),
            }
            return guard.run_guarded(
                "tests.measures.importing.hostile_job:attack", arguments, Limits(), Attempts
            )

    return _attack


def test_process_that_reads_a_file_reaches_nothing_else(attack, tmp_path, caplog, monkeypatch):
    """On a kernel without one of the layers the warning names it, and this test fails: nothing is skipped."""
    monkeypatch.setenv("SECRET_KEY", "not for strangers")
    monkeypatch.setattr(guard, "_reported", set())

    with caplog.at_level(logging.WARNING, guard.__name__):
        attempts = attack()

    assert caplog.messages == []
    gained = {
        name: attempts.outcomes[name]
        for name, refusals in REFUSED.items()
        if attempts.outcomes[name] not in refusals
    }
    assert gained == {}
    assert attempts.outcomes.keys() - REFUSED.keys() == {"writing into its folder", "loading a module late"}
    assert attempts.outcomes["writing into its folder"] == "gained: 'written'"
    assert attempts.outcomes["loading a module late"] == "gained: 'wave'"
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"}.isdisjoint(attempts.environment)
    assert not (tmp_path / "outside").exists()
