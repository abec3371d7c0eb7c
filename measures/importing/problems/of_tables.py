"""What was left out of a table, or applied to all of it."""

from measures.importing.problems.types import NOTE, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "column_ignored",
        NOTE,
        gettext_noop("The column “{found}” was not read: it is derived from other columns."),
        once=Once.COLUMN,
        has_value=False,
    ),
    ProblemType(
        "factor_from_title",
        NOTE,
        gettext_noop("“{found}” stands above the table: its numbers were multiplied by {factor}."),
        parameters=("factor",),
        once=Once.TABLE,
    ),
    ProblemType(
        "column_not_kept",
        NOTE,
        gettext_noop("The column “{found}” was not read: the portal keeps no figures of this kind."),
        once=Once.COLUMN,
        has_value=False,
    ),
    ProblemType(
        "table_foreign",
        NOTE,
        gettext_noop("The table {found} was not read: nothing in it names a figure the portal knows."),
        once=Once.TABLE,
    ),
    ProblemType(
        "note_not_understood",
        NOTE,
        gettext_noop(
            "The note “{found}” is not understood in full. Nothing in it says that the figures are of some "
            "cases only or counted otherwise: they were read as they stand."
        ),
        once=Once.TEXT,
        has_value=False,
    ),
)
