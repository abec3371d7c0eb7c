"""What a file could do that took over the process reading it: jobs for ``run_guarded``."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Attempts:
    """What each attempt came to: the name of the error that stopped it, or what was gained."""

    outcomes: dict[str, str]
    environment: list[str]


def _read_memory(pid: int) -> str:
    first = Path(f"/proc/{pid}/maps").read_text().split("-")[0]
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        memory.seek(int(first, 16))
        return repr(memory.read(16))


def _connect(address: tuple[str, int]) -> str:
    with socket.create_connection(address, timeout=2):
        return "connected"


def _connect_to_socket_file(path: str) -> str:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
    return "connected"


def _write(path: Path) -> str:
    path.write_text("taken")
    return "written"


def _start(work: Callable[[], None]) -> str:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "started"


def _open_without_end() -> str:
    opened = []
    try:
        for _ in range(1000):
            opened += [os.open(os.devnull, os.O_RDONLY)]
    finally:
        for number in opened:
            os.close(number)
    return "opened"


def attack(*, folder: Path, victim: int, outside: str, secrets: str, address: tuple[str, int]) -> Attempts:
    """Try what a stranger would want; nothing here may work but the last two."""
    attempts: dict[str, Callable[[], object]] = {
        "environment of the parent": lambda: Path(f"/proc/{victim}/environ").read_bytes(),
        "memory of the parent": lambda: _read_memory(victim),
        "open files of the parent": lambda: os.listdir(f"/proc/{victim}/fd"),  # noqa: PTH208  the call itself
        "other processes": lambda: os.listdir("/proc"),  # noqa: PTH208
        "the database": lambda: _connect(address),
        "a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "a socket file": lambda: _connect_to_socket_file(secrets),
        "a file of somebody else": lambda: Path(secrets).read_bytes(),
        "writing outside": lambda: _write(Path(outside)),
        "writing into the code": lambda: _write(Path(__file__).with_name("taken.py")),
        "another program": lambda: subprocess.run([sys.executable, "-c", ""], check=True).returncode,
        "another process": os.fork,
        "a thread": lambda: _start(lambda: None),
        "a signal": lambda: os.kill(victim, signal.SIGCONT),
        "files without end": _open_without_end,
        "writing into its folder": lambda: _write(folder / "result-of-job"),
        "loading a module late": lambda: __import__("wave").__name__,
    }
    outcomes = {}
    for name, attempt in attempts.items():
        try:
            outcomes[name] = f"gained: {attempt()!r}"[:200]
        except (OSError, RuntimeError) as error:
            outcomes[name] = type(error).__name__
    return Attempts(outcomes, sorted(os.environ))
