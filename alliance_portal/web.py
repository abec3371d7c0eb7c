"""``python -m alliance_portal.web``: granian with the portal, and what every installation gives it.

granian's main process never loads the portal, but has the same environment; so it is hidden here.
"""

import sys

from granian.cli import cli

from alliance_portal.hardening.hidden_memory import hide_memory

APPLICATION = "alliance_portal.serving.asgi:application"
DEFAULTS = {
    "workers": 2,
    "backlog": 2048,
    "backpressure": 1024,  # connections a process holds at once; they cost no thread
    "http1_header_read_timeout": 10_000,  # milliseconds; also ends idle connections
    "respawn_failed_workers": True,
    "respawn_interval": 1.0,
    "workers_max_rss": 1024,  # MiB; a process that grew is replaced when its requests are done
    "workers_kill_timeout": 25,  # seconds; the containers allow 30
}
"""What the options of the command line and the variables GRANIAN_… change."""


def main() -> None:
    hide_memory()
    # HTTP/2 has no limit for slow headers in granian; a proxy that speaks it talks HTTP/1.1 to the portal.
    fixed = ["--interface", "asgi", "--http", "1", "--no-ws"]
    cli([*fixed, *sys.argv[1:], APPLICATION], auto_envvar_prefix="GRANIAN", default_map=DEFAULTS)


if __name__ == "__main__":
    main()
