"""``python -m bench [--quick] [--minutes N] [PART …] [FILE]``: measure, print, keep it in the documentation.

The results go into ``docs/benchmarks.md``. ``--quick`` runs the same code with small sizes and only prints:
it shows that every part works, and proves no bar. The full imports are preceded by the quick ones, so that a
part that fails does so in the first minute.

The part ``aggregations`` needs a file of annotated tables, which is not part of the project. ``writers``
(people save while processes are killed), ``savers`` (while none is), ``slow-connections``, ``public-page``
(readers on a release day) and ``overview`` (readers of the dashboard) want a machine to themselves. These are
measured only if they are named, and the last five are only printed.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import django

from alliance_portal import embedded
from alliance_portal.garbage_collection import collect_between_requests
from bench import results
from bench.aggregations import measuring as aggregations
from bench.reports import public_page
from bench.serving import overview, slow_connections, writers
from bench.sizes import FULL, QUICK, Sizes

COLD_START, IMPORTS, READING, RECORDING = "cold-start", "imports", "reading", "recording"
DASHBOARDS, REPORTS = "dashboards", "reports"
PARTS = (COLD_START, REPORTS, IMPORTS, READING, RECORDING, DASHBOARDS)
AGGREGATIONS = "aggregations"
WRITERS, SLOW_CONNECTIONS, PUBLIC_PAGE = "writers", "slow-connections", "public-page"
SAVERS, OVERVIEW = "savers", "overview"
RUNNING = (WRITERS, SAVERS, SLOW_CONNECTIONS, PUBLIC_PAGE, OVERVIEW)
"""Parts that have an installation of their own."""


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes; the results are printed only")
    parser.add_argument("--minutes", type=float, default=3, help="how long the writers write")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{' or '.join(PARTS)}; all unless named")
    arguments = parser.parse_args(words)
    if arguments.parts[:1] == [AGGREGATIONS]:
        return measure_aggregations(parser, arguments.parts[1:], QUICK if arguments.quick else FULL)
    named = [part.replace("_", "-") for part in arguments.parts]
    if named and set(named) <= set(RUNNING):
        return measure_running(named, QUICK if arguments.quick else FULL, arguments.minutes)
    if unknown := sorted(set(arguments.parts) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}")
    parts = arguments.parts or PARTS
    environment = dict(os.environ)
    set_up()
    if IMPORTS in parts and not arguments.quick:
        rehearse()
    return measure(parts, QUICK if arguments.quick else FULL, environment)


def measure_aggregations(parser: argparse.ArgumentParser, paths: Sequence[str], sizes: Sizes) -> int:
    if len(paths) != 1 or not Path(paths[0]).is_file():
        parser.error(f"{AGGREGATIONS} takes one file of annotated tables")
    publish(AGGREGATIONS, aggregations.describe(aggregations.measure(Path(paths[0]))), sizes)
    return 0


def measure_running(parts: Sequence[str], sizes: Sizes, minutes: float) -> int:
    """Measure a portal that runs; the results are printed only."""
    misses: list[str] = []
    if SLOW_CONNECTIONS in parts:
        slow = (
            slow_connections.measure(seconds=60)
            if sizes.is_full
            else slow_connections.measure(connections=50, seconds=5)
        )
        report(slow_connections.describe(slow))
        misses += slow.misses
    if PUBLIC_PAGE in parts:
        read = public_page.measure(measures=sizes.measures, seconds=10 if sizes.is_full else 2)
        report(public_page.describe(read))
        misses += read.misses
    if OVERVIEW in parts:
        seen = overview.measure(types=sizes.types, seconds=10 if sizes.is_full else 2)
        report(overview.describe(seen))
        misses += seen.misses
    for part in (WRITERS, SAVERS):
        if part in parts:
            wrote = writers.measure(
                people=50 if sizes.is_full else 10,
                minutes=minutes if sizes.is_full else 0.5,
                are_killed=part == WRITERS,
            )
            report(writers.describe(wrote))
            misses += wrote.misses
    return 1 if misses else 0


def set_up() -> None:
    """Provide servers, and settings: those of the tests, whatever the shell is set to.

    Garbage is looked for as in a web process.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "alliance_portal.settings.test"
    embedded.provide()
    django.setup()
    collect_between_requests()


def rehearse() -> None:
    """Run the imports with small sizes, in a process of its own: caches and memory here stay as they are."""
    command = [sys.executable, "-m", "bench", "--quick", IMPORTS]
    if subprocess.run(command, check=False).returncode:  # noqa: S603  # our own module
        sys.exit("The imports fail with small sizes; nothing was measured.")


def measure(parts: Sequence[str], sizes: Sizes, environment: Mapping[str, str]) -> int:
    """Measure each part. Small sizes reach no bar and are not held to any."""
    from bench import cold_start, scratch  # noqa: PLC0415  # models can be imported only once Django is set up
    from bench.reports import measuring as reports  # noqa: PLC0415  # as above

    if COLD_START in parts:
        publish(COLD_START, cold_start.describe(cold_start.measure(environment)), sizes)
    misses: list[str] = []
    if REPORTS in parts:
        made = reports.measure(sizes)
        publish(REPORTS, reports.describe(made), sizes)
        misses += made.misses
    if set(PARTS[2:]) & set(parts):
        with scratch.migrated():
            misses += measure_in_database(parts, sizes)
    return 1 if misses and sizes.is_full else 0


def measure_in_database(parts: Sequence[str], sizes: Sizes) -> list[str]:
    """Measure what needs the catalogue; returns the bars that were not reached."""
    from bench import scratch  # noqa: PLC0415  # as above
    from bench.dashboards import measuring as dashboards  # noqa: PLC0415  # as above
    from bench.dashboards import writing  # noqa: PLC0415  # as above
    from bench.imports import measuring as imports  # noqa: PLC0415  # as above
    from bench.reading import growth  # noqa: PLC0415  # as above
    from bench.recording import measuring as recording  # noqa: PLC0415  # as above

    misses: list[str] = []
    if {IMPORTS, READING} & set(parts):
        with scratch.scratch_database():
            if IMPORTS in parts:
                imported = imports.measure(sizes)
                publish(IMPORTS, imports.describe(imported), sizes)
                misses += imported.misses
            if READING in parts:
                read = growth.measure(sizes)
                describe = growth.describe_with_chart if sizes.is_full else growth.describe
                publish(READING, describe(read), sizes)
                misses += read.misses
    if {RECORDING, DASHBOARDS} & set(parts):
        filled = None
        with scratch.scratch_database():
            written = writing.write(sizes.written, sizes.types) if DASHBOARDS in parts else []
            if RECORDING in parts:
                recorded = recording.measure(sizes)
                publish(RECORDING, recording.describe(recorded), sizes)
                misses += recorded.misses
                filled = recorded.filled
            if DASHBOARDS in parts:
                shown = dashboards.measure(sizes, filled, written)
                publish(DASHBOARDS, dashboards.describe(shown), sizes)
                misses += shown.misses
    return misses


def publish(name: str, lines: Sequence[str], sizes: Sizes) -> None:
    report(lines)
    if sizes.is_full:
        results.keep(name, lines)


def report(lines: Sequence[str]) -> None:
    print("\n".join(lines), flush=True)  # noqa: T201  # this is a program


if __name__ == "__main__":
    sys.exit(main())
