"""The start page: sections, each with what concerns one person, in the order in which they are shown.

A section is a function from a person's rights to a ``Section``, or None where it is not for this person.
Whoever has several roles sees the sections of all of them.
"""

from collections.abc import Callable, Sequence

from partners.permissions import Access
from reporting.selectors.start.changes import changes
from reporting.selectors.start.commitments import commitments
from reporting.selectors.start.dates import dates
from reporting.selectors.start.due import to_report
from reporting.selectors.start.narratives import texts_to_write
from reporting.selectors.start.parts import Section
from reporting.selectors.start.progress import progress
from reporting.selectors.start.saved_views import saved_views
from reporting.selectors.start.shortcuts import shortcuts
from reporting.selectors.start.waiting import waiting

Loader = Callable[[Access], Section | None]

MAIN: Sequence[Loader] = (to_report, waiting, texts_to_write, commitments, progress, changes)
ASIDE: Sequence[Loader] = (dates, saved_views, shortcuts)


def sections(loaders: Sequence[Loader], access: Access) -> list[Section]:
    """Those that are for this person; the number of queries depends on the roles alone."""
    return [section for load in loaders if (section := load(access)) is not None]
