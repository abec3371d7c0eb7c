"""``python -m alliance_portal.demo [stop]``."""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from alliance_portal import embedded
from alliance_portal.demo.children import end_with_parent
from alliance_portal.demo.supervisor import DemoError, StopAskedError, Supervisor, report
from alliance_portal.embedded.processes import end
from alliance_portal.embedded.servers import state_directory
from alliance_portal.embedded.state import ServerState


def main() -> int:
    started = time.monotonic()
    os.environ["DJANGO_SETTINGS_MODULE"] = "alliance_portal.settings.dev"
    os.environ["PYTHONUNBUFFERED"] = "1"
    if os.environ.get("DEMO_ENDS_WITH_PARENT"):
        end_with_parent()
    state = state_directory().resolve()
    try:
        ServerState(state).prepare()
    except embedded.ServersUnavailableError as error:
        report(str(error))
        return 1
    supervisor = Supervisor(state)  # from here on a signal stops in order
    with (state / "demo.pid").open("a+") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("The demo is already running from this directory. To stop it: make stop")
            return 1
        marker.truncate(0)
        marker.write(str(os.getpid()))
        marker.flush()
        return run(supervisor, started)


def run(supervisor: Supervisor, started: float) -> int:
    try:
        embedded.provide()
        bring_up(supervisor)
        report(f"\nThe portal runs at {supervisor.address} (ready after {time.monotonic() - started:.0f} s).")
        report(f"It uses {supervisor.servers}.")
        report(f"Logs are in {supervisor.logs}.")
        if os.environ.get("DEMO_EXIT", "0") not in {"", "0"}:
            return 0
        report("Ctrl+C stops everything; the data stay for the next time.")
        while True:
            supervisor.watch()
    except StopAskedError:
        report("\nStopping …")
        return 0
    except (DemoError, embedded.ServersUnavailableError) as error:
        report(f"\nThe demo failed. {error}")
        return 1
    finally:
        supervisor.end()


def bring_up(supervisor: Supervisor) -> None:
    """Start the web server while the migrations run, the worker while the sample data are loaded."""
    supervisor.start_web()
    supervisor.seed()
    supervisor.start_beat()
    supervisor.wait_for_web()


def stop() -> int:
    """End a running demo and whatever servers of this directory still run."""
    path = state_directory() / "demo.pid"
    ended = [] if not path.exists() else _end_demo(path)
    for directory in (state_directory(), state_directory() / "tests"):
        ended += embedded.stop(directory)
    report(f"Stopped: {', '.join(ended)}." if ended else "Nothing was running.")
    return 0


def _end_demo(path: Path) -> list[str]:
    with path.open("a+") as marker:
        try:
            fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            marker.seek(0)
            end(int(marker.read()), [signal.SIGTERM], seconds=60)
            return ["demo"]
        return []


if __name__ == "__main__":
    sys.exit(stop() if sys.argv[1:] == ["stop"] else main())
