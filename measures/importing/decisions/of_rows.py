"""Evidence for what the rows of a sheet were taken for."""

from measures.importing.decisions.types import EvidenceType
from measures.importing.problems.types import gettext_noop

TYPES = (
    EvidenceType("above_heading", gettext_noop("above the heading in row {row}"), ("row",)),
    EvidenceType(
        "words_above_figures",
        gettext_noop("words without a figure, above the rows with figures that begin in row {row}"),
        ("row",),
    ),
    EvidenceType("counts_columns", gettext_noop("only counts the columns")),
    EvidenceType(
        "spans_columns",
        gettext_noop(
            "“{found}” stands alone and is part of the heading: over a group of columns or all values"
        ),
        ("found",),
    ),
    EvidenceType(
        "only_cell_known",
        gettext_noop("“{found}” is the only cell and is known: {kind}; it holds for the rows below"),
        ("found", "kind"),
    ),
    EvidenceType(
        "name_without_values",
        gettext_noop("“{found}” ({kind}) has no value beside it; it holds for the rows below"),
        ("found", "kind"),
    ),
    EvidenceType(
        "only_cell_unknown",
        gettext_noop("“{found}” is the only cell and names nothing that would hold for the rows below"),
        ("found",),
    ),
    EvidenceType("no_figure_among_cells", gettext_noop("several cells, none of them a figure")),
    EvidenceType("repeats_heading", gettext_noop("repeats the heading")),
    EvidenceType("below_figures", gettext_noop("below the last row with figures, row {row}"), ("row",)),
    EvidenceType("without_table", gettext_noop("the sheet has no rows with figures under a heading")),
    EvidenceType("outside_tables", gettext_noop("belongs to no table")),
    EvidenceType(
        "labels_and_values",
        gettext_noop("known: {kinds}; number or agreed sign in {columns}"),
        ("kinds", "columns"),
    ),
    EvidenceType("values_alone", gettext_noop("number or agreed sign in {columns}"), ("columns",)),
    EvidenceType(
        "not_yet_read", gettext_noop("labels and figures under the heading; the values have not been read")
    ),
    EvidenceType("single_figure", gettext_noop("its only cell “{found}” is a figure"), ("found",)),
    EvidenceType(
        "single_label",
        gettext_noop("its only cell “{found}” is a label like those of the rows above"),
        ("found",),
    ),
    EvidenceType(
        "like_rows_above",
        gettext_noop("“{found}” and its other labels stand like those of the rows above, without a figure"),
        ("found",),
    ),
    EvidenceType(
        "unknown_label",
        gettext_noop(
            "“{found}” is not known, but the numbers beside it stand where the table has its values"
        ),
        ("found",),
    ),
    EvidenceType(
        "words_for_figures",
        gettext_noop("a known label “{found}” with words in place of figures"),
        ("found",),
    ),
    EvidenceType(
        "label_in_doubt",
        gettext_noop("“{found}” in {cell} does not settle what the row belongs to: {kind}"),
        ("found", "cell", "kind"),
    ),
    EvidenceType("value_in_doubt", gettext_noop("“{found}” in {cell} is no plain number"), ("found", "cell")),
    EvidenceType("value_empty", gettext_noop("{cell} is empty"), ("cell",)),
    EvidenceType("total_word", gettext_noop("“{found}” stands for all"), ("found",)),
    EvidenceType(
        "whole_country", gettext_noop("no organisation is named and the row is about the whole country")
    ),
    EvidenceType(
        "umbrella_of_others", gettext_noop("“{found}” is the umbrella of others in the table"), ("found",)
    ),
    EvidenceType(
        "land_of_chambers",
        gettext_noop("“{found}” is a Land, and its chambers are asked for the figure"),
        ("found",),
    ),
    EvidenceType("sum_of_laender", gettext_noop("“{found}” adds up Länder of the table"), ("found",)),
    EvidenceType(
        "adds_rows_below",
        gettext_noop("“{found}” stands over {count} rows that are set in or belong below it"),
        ("found", "count"),
    ),
    EvidenceType(
        "shorter_code",
        gettext_noop("the code “{found}” is shorter than the {count} codes that begin with it"),
        ("found", "count"),
    ),
    EvidenceType(
        "computed_from_rows",
        gettext_noop("its numbers are computed from the rows {rows}: {kind}"),
        ("rows", "kind"),
    ),
    EvidenceType("person_chose_row", gettext_noop("set by a person")),
    EvidenceType(
        "further_rows",
        gettext_noop("{count} further rows with reasons of their own are not listed"),
        ("count",),
    ),
)
