"""A process that has loaded the reader and forks a copy of itself for each job: no job pays for the start.

Its owner is the process that needs files read. The server has nothing of the owner's environment and memory,
opens no stranger's file itself, and ends when its owner does, taking its jobs along.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from measures.importing.process.child import work_in
from measures.importing.reading.warm_up import warm_up

if TYPE_CHECKING:
    from typing import NoReturn

PRELOADED = ("measures.importing.process.transfer", "measures.importing.marking.job")
"""What most jobs need, loaded once."""

_SERVER = "from measures.importing.process.fork_server import main; main()"
_ROOT = Path(__file__).resolve().parents[3]
_STATUS = struct.Struct("<i")
_PATH_BYTES = 4096
_STARTED = b"+"
"""The server's answer to each request; the next one is sent after it, so that requests never run together."""


class ServerLostError(Exception):
    """The server is gone, and with it whatever it was doing."""


class Job:
    """A forked process, seen from the owner: it can be waited for, and ends when it is let go."""

    def __init__(self, link: socket.socket, server: subprocess.Popen[bytes]) -> None:
        self._link = link
        self._server = server

    def wait(self, timeout: float) -> int:
        """The exit code, negative for the signal that ended the process.

        Raises ``TimeoutError`` while it works, and ``ServerLostError`` if nobody is left to know.
        """
        self._link.settimeout(max(timeout, 0.001))
        try:
            status = self._link.recv(_STATUS.size)
        except ConnectionError:
            status = b""
        if not status:
            self._server.wait()  # whoever asks next finds it gone
            raise ServerLostError
        return int(_STATUS.unpack(status)[0])

    def end(self) -> None:
        """Have the server kill the process, if it still works, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_WR)
            self._link.settimeout(None)
            while self._link.recv(_STATUS.size):
                pass
        self._link.close()


class ForkServer:
    """The server of this process, started when it is first needed and anew when it is lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0
        self._link: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start_job(self, folder: Path) -> Job:
        """Do what ``folder`` asks for in a process of its own, see ``child.work_in``."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                server = self._send(folder, theirs)
            except OSError:
                server = self._send(folder, theirs)  # it was lost since the last job; now it is started anew
        return Job(ours, server)

    def stop(self) -> None:
        """End the server and its jobs; the next job starts another."""
        if self._link is not None:
            self._link.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._link = self._process = None

    def _send(self, folder: Path, link: socket.socket) -> subprocess.Popen[bytes]:
        with self._lock:
            connection, server = self._running()
            try:
                socket.send_fds(connection, [os.fsencode(folder)], [link.fileno()])
                if not connection.recv(len(_STARTED)):
                    raise ConnectionResetError
            except OSError:
                self.stop()
                raise
            return server

    def _running(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        # A copy of the owner made by fork has the number of the owner's connection, not the right to use it.
        if self._process and (self._owner != os.getpid() or self._process.poll() is not None):
            self.stop()
        if self._link is None or self._process is None:
            self._link, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module, no shell
                    [sys.executable, "-P", "-c", _SERVER, str(theirs.fileno())],
                    cwd="/",
                    # openpyxl has defusedxml parse what a stranger sent.
                    env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8", "OPENPYXL_LXML": "False"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                )
            self._owner = os.getpid()
        return self._link, self._process


def main() -> None:
    """Serve the owner at the other end of the socket that the argument names, until that end is closed."""
    for name in PRELOADED:
        importlib.import_module(name)
    _share_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the owner, who then closes the socket
    with socket.socket(fileno=int(sys.argv[1])) as owner:
        _serve(owner)


def _warm_up(folder: Path) -> bool:
    """Work out what all files need with the vocabulary of this request, if it names one."""
    _job, arguments, _limits, _is_watched = pickle.loads((folder / "request").read_bytes())  # noqa: S301  our own
    if "vocabulary" not in arguments:
        return False
    warm_up(arguments["vocabulary"])
    _share_memory()
    return True


def _share_memory() -> None:
    gc.collect()
    gc.freeze()  # a copy's garbage collector leaves the shared pages alone


def _serve(owner: socket.socket) -> None:
    """Fork for each request, until the owner is gone."""
    jobs: dict[int, socket.socket] = {}
    is_warm = False
    wake_up, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector:
        selector.register(owner, selectors.EVENT_READ)
        selector.register(wake_up, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is owner:
                    message, handles, _, _ = socket.recv_fds(owner, _PATH_BYTES, 1)
                    if not message:
                        _kill(*jobs)
                        return
                    folder, server = Path(os.fsdecode(message)), os.getpid()
                    is_warm = is_warm or _warm_up(folder)
                    if (number := os.fork()) == 0:
                        _work_alone(folder, server)
                    jobs[number] = link = socket.socket(fileno=handles[0])
                    selector.register(link, selectors.EVENT_READ, number)
                    owner.sendall(_STARTED)
                elif key.fileobj is wake_up:
                    os.read(wake_up, _PATH_BYTES)
                else:
                    # The owner writes nothing: the end of its side means that the job is not wanted any more.
                    selector.unregister(key.fileobj)
                    _kill(key.data)
            for number, code in _ended():
                link = jobs.pop(number)
                if link.fileno() in selector.get_map():
                    selector.unregister(link)
                with link, contextlib.suppress(OSError):
                    link.sendall(_STATUS.pack(code))


def _kill(*numbers: int) -> None:
    for number in numbers:
        os.kill(number, signal.SIGKILL)  # ours until it is waited for, so that the number is no stranger's


def _ended() -> list[tuple[int, int]]:
    ended = []
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended.append((found[0], os.waitstatus_to_exitcode(found[1])))
    return ended


def _work_alone(folder: Path, server: int) -> NoReturn:
    """Do the job in this copy, which has nothing of the server's left but its modules, and end."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _leave_open_files(folder)
        os.chdir(folder)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)  # what is left behind goes with the folder
        code = work_in(folder, server)
    except BaseException:  # noqa: BLE001  whatever it was, it is reported, and the copy ends here
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _leave_open_files(folder: Path) -> None:
    """Report errors into the folder, and have no part in the server's connections."""
    with (folder / "errors").open("wb") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    for name in os.listdir("/dev/fd"):  # noqa: PTH208  a name is a number here
        if int(name) > sys.stderr.fileno():
            with contextlib.suppress(OSError):
                os.close(int(name))
