"""How long a newcomer waits: ``make demo`` in a fresh copy of the project, wheels in the cache."""

import os
import platform
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from django.utils import timezone

PROJECT = Path(__file__).resolve().parent.parent
AIM = 30
OURS = re.compile(r"DATABASE_URL|REDIS_URL|DJANGO_|PORTAL_|DEMO_|VIRTUAL_ENV|MAKE|MFLAGS")
ADDRESS = re.compile(r"The portal runs at (\S+)")


@dataclass(frozen=True)
class Measured:
    """Seconds from the command to the first page, and how busy the machine was with other things."""

    cold: float
    again: float
    others: float


def measure(environment: Mapping[str, str]) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portal"
        _copy_project(copy)
        others = os.getloadavg()[0]
        cold = _seconds_to_first_page(copy, environment)
        return Measured(cold, _seconds_to_first_page(copy, environment), others)


def describe(measured: Measured) -> list[str]:
    machine = f"{timezone.localdate():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores"
    return [
        "## Cold start of the demo",
        "",
        "From `make demo` to the first page, with the samples imported and approved and the report produced;",
        f"packages come from uv's cache. The aim is under {AIM} s.",
        "",
        "| | time |",
        "|---|---:|",
        f"| **a fresh copy of the project: no packages, no database** | **{measured.cold:.1f} s** |",
        f"| again, with the data | {measured.again:.1f} s |",
        "",
        f"{machine}, {measured.others:.1f} other processes at work before it.",
    ]


def _copy_project(copy: Path) -> None:
    """Take the project's files as they are, and nothing that was made here."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)  # noqa: S603  # fixed words
    for name in filter(None, listed.stdout.split("\0")):
        if (PROJECT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, copy / name)


def _seconds_to_first_page(copy: Path, environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    with subprocess.Popen(
        ["make", "demo"],  # noqa: S607  # make from PATH
        cwd=copy,
        env={name: value for name, value in environment.items() if not OURS.match(name)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None  # noqa: S101  # it is a pipe
        told = []
        for line in demo.stdout:
            told.append(line)
            if found := ADDRESS.search(line):
                break
        else:
            raise RuntimeError(f"The demo did not start.\n{''.join(told)}")
        with urlopen(found[1]) as page:  # noqa: S310  # our own server
            page.read()
        seconds = time.perf_counter() - started
        os.killpg(demo.pid, signal.SIGINT)  # Ctrl+C
        demo.communicate()
    return seconds
