"""How much is measured: in full, or small enough to see within a minute that every part works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Rows of the files imported. ``many`` goes into each of three files, ``very_many`` into one."""

    many: int
    very_many: int
    theirs: int  # django-import-export takes some 17 ms for each
    page_requests: int
    rungs: tuple[int, ...]  # cells of files that are only read
    types: int  # occupations of five digits in each main group
    figures: int  # stored while people record
    recordings: int
    written: int  # figures written at once, with the sums and without
    pages: int  # requests for each page of the dashboards; of 20 the 95th percentile is the slowest
    measures: int  # of the report whose documents are made
    lands: int  # Länder with an edition of it
    workers: tuple[int, ...]  # which make all its editions, so many at a time; one and two among them
    annex_rows: int  # of the longest sheet of a workbook
    is_full: bool = True


FULL = Sizes(
    many=100_000,
    very_many=1_000_000,
    theirs=2_000,
    page_requests=20,
    rungs=(1_000, 10_000, 100_000, 1_000_000),
    types=33,
    figures=10_000_000,
    recordings=100,
    written=100_000,
    pages=60,
    measures=10,
    lands=16,
    workers=(1, 2, 4),
    annex_rows=200_000,
)
QUICK = Sizes(
    many=3_000,
    very_many=10_000,
    theirs=100,
    page_requests=5,
    rungs=(1_000, 4_000),
    types=6,
    figures=1,
    recordings=5,
    written=3_000,
    pages=2,
    measures=2,
    lands=1,
    workers=(1, 2),
    annex_rows=2_000,
    is_full=False,
)
