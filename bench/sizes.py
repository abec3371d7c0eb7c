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
    is_full: bool = True


FULL = Sizes(
    many=100_000,
    very_many=1_000_000,
    theirs=2_000,
    page_requests=20,
    rungs=(1_000, 10_000, 100_000, 1_000_000),
)
QUICK = Sizes(many=3_000, very_many=10_000, theirs=100, page_requests=5, rungs=(1_000, 4_000), is_full=False)
