"""``python -m alliance_portal.web``: granian with the portal, and what every installation gives it.

granian's main process never loads the portal, but has the same environment; so it is hidden here.
"""

import sys

from granian.cli import cli

from alliance_portal.hardening.hidden_memory import hide_memory

APPLICATION = "alliance_portal.wsgi:application"


def main() -> None:
    hide_memory()
    cli(["--interface", "wsgi", *sys.argv[1:], APPLICATION], auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main()
