"""``python -m alliance_portal.embedded start|stop|status|run -- COMMAND…``."""

import argparse
import subprocess
import sys

from alliance_portal import embedded


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m alliance_portal.embedded", description=embedded.__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("start", help="start both servers and leave them running")
    actions.add_parser("stop", help="stop both servers")
    actions.add_parser("status", help="show what runs")
    run = actions.add_parser("run", help="run a command with DATABASE_URL and REDIS_URL set")
    run.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    try:
        return _act(arguments)
    except embedded.ServersUnavailableError as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command speaks on the terminal
        return 1


def _act(arguments: argparse.Namespace) -> int:
    match arguments.action:
        case "start":
            lines = [f"export {name}={url}" for name, url in embedded.start().items()]
        case "stop":
            lines = [f"{name} stopped" for name in embedded.stop()] or ["nothing was running"]
        case "status":
            found = embedded.status().items()
            lines = [f"{name}: {f'running as {pid}' if pid else 'not running'}" for name, pid in found]
        case _:
            embedded.provide()
            words = arguments.command[arguments.command[:1] == ["--"] :]
            return subprocess.call(words)  # noqa: S603  # what the caller typed
    print("\n".join(lines))  # noqa: T201  # a command speaks on the terminal
    return 0


if __name__ == "__main__":
    sys.exit(main())
