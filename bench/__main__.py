"""``python -m bench``: measure, print, and keep the results in ``docs/benchmarks.md``."""

import os
import sys
from collections.abc import Sequence

import django

from alliance_portal import embedded
from bench import results


def main() -> int:
    environment = dict(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings.test")
    embedded.provide()
    django.setup()
    from bench import cold_start, imports  # noqa: PLC0415  # models can be imported only once Django is set up

    keep("cold-start", cold_start.describe(cold_start.measure(environment)))
    measured = imports.measure()
    keep("imports", imports.describe(measured))
    return 1 if measured.misses else 0


def keep(name: str, lines: Sequence[str]) -> None:
    print("\n".join(lines), flush=True)  # noqa: T201  # this is a program
    results.keep(name, lines)


if __name__ == "__main__":
    sys.exit(main())
