"""``make audit``, with servers on this machine in the places of osv.dev and PyPI."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from alliance_portal.installation.audit import LockedPackage, audit, locked

NOBODY = "http://127.0.0.1:1"
RELEASES: dict[str, Any] = {
    "sound": {"info": {"version": "2.0"}, "vulnerabilities": []},
    "weak": {
        "info": {"version": "1.1"},
        "vulnerabilities": [
            {"id": "PYSEC-1", "withdrawn": None},
            {"id": "PYSEC-2", "withdrawn": "2026-01-01"},
        ],
    },
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = RELEASES.get(self.path.split("/")[2]) if self.path.startswith("/pypi/") else {}
        self.send_response(404 if found is None else 200)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *args: Any) -> None:
        """Nothing: the tests' own output is enough."""


@contextmanager
def server() -> Iterator[str]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("name", "version", "status", "said"),
    [
        ("sound", "2.0", 0, "1 of 1 packages are locked at their newest release; 0 of these are weak."),
        ("weak", "1.1", 1, "WEAK     weak 1.1: PYSEC-1\n"),
        ("sound", "1.9", 1, "UNKNOWN  sound 1.9: 2.0 is the newest"),
        ("gone", "1.0", 1, "UNKNOWN  gone 1.0: no answer"),
    ],
)
def test_pypi_is_asked_where_osv_is_out_of_reach_and_what_nobody_knows_is_said(
    capsys, name, version, status, said
):
    with server() as pypi:
        assert audit("false", [LockedPackage(name, version)], osv=NOBODY, pypi=pypi) == status

    printed = capsys.readouterr().out
    assert "osv.dev cannot be reached. PyPI is asked, which knows of each package's newest release" in printed
    assert said in printed


def test_uv_asks_osv_where_it_answers(capfd):
    with server() as osv:
        assert audit("echo", [], osv=osv, pypi=NOBODY) == 0

    assert capfd.readouterr().out.splitlines()[-1] == "audit --locked --preview"


def test_every_package_of_others_is_asked_about():
    names = {package.name for package in locked()}

    assert {"django", "granian", "hypothesis"} <= names
    assert "alliance-portal" not in names
