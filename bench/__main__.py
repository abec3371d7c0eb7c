"""``python -m bench``: measure, print, and keep the results in ``docs/benchmarks.md``."""

import os
import sys

import django

from alliance_portal import embedded


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliance_portal.settings.test")
    embedded.provide()
    django.setup()
    from bench import imports, results  # noqa: PLC0415  # models can be imported only once Django is set up

    measured = imports.measure()
    lines = imports.describe(measured)
    print("\n".join(lines))  # noqa: T201  # this is a program
    results.keep("imports", lines)
    return 0 if measured.ratio >= imports.AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
