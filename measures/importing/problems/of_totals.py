"""Problems with totals and subtotals that a file states."""

from measures.importing.problems.types import NOTE, QUERY, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "control_total_differs",
        QUERY,
        gettext_noop("The total {found} stated in the file differs from the sum of its parts, {sum}."),
        parameters=("sum",),
        numbers=("found", "sum"),
        has_value=False,
    ),
    ProblemType(
        "parts_differ",
        QUERY,
        gettext_noop("The total {found} differs from the sum of the occupations below it, {sum}."),
        parameters=("sum",),
        numbers=("found", "sum"),
    ),
    ProblemType(
        "subtotal_differs",
        QUERY,
        gettext_noop("The subtotal {found} differs from the sum of the rows it adds up, {sum}."),
        parameters=("sum",),
        numbers=("found", "sum"),
        has_value=False,
    ),
    ProblemType(
        "computed_differs",
        QUERY,
        gettext_noop("{found} is computed from other cells of the table, which give {computed}."),
        parameters=("computed",),
        numbers=("found", "computed"),
        has_value=False,
    ),
    ProblemType(
        "computed_cell_differs",
        QUERY,
        gettext_noop("{found} does not agree with the cells of its row from which the column is computed."),
        has_value=False,
    ),
    ProblemType(
        "subtotal_not_kept",
        NOTE,
        gettext_noop("“{found}” adds up other rows. It was compared with them and is not recorded."),
        once=Once.ROW,
        has_value=False,
    ),
    ProblemType(
        "total_unclear",
        NOTE,
        gettext_noop("It is not clear what this total adds up; it was not compared."),
        has_value=False,
    ),
)
