"""``python -m alliance_portal.demo.seed MARKER``: migrate, touch the marker, load catalogue and sample data.

One process for three commands: Django is loaded once.
"""

import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from alliance_portal.garbage_collection import collect_rarely


def main(marker: Path) -> None:
    collect_rarely()
    execute_from_command_line(["manage.py", "migrate", "--verbosity=0"])
    marker.touch()
    for command in ("load_catalogue", "load_demo"):
        execute_from_command_line(["manage.py", command])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
