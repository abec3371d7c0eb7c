"""Problems with the names, codes and years that say what a value belongs to."""

from measures.importing.problems.types import ERROR, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "organisation_unknown",
        ERROR,
        gettext_noop("“{found}” is not a known organisation. Correct the name or choose one."),
        once=Once.ROW,
        answer_kind="organisation",
    ),
    ProblemType(
        "region_unknown",
        ERROR,
        gettext_noop("“{found}” is not a known region. Correct the name or choose one."),
        once=Once.ROW,
        answer_kind="region",
    ),
    ProblemType(
        "indicator_unknown",
        ERROR,
        gettext_noop("“{found}” is not a known indicator. Correct the name or choose one."),
        once=Once.ROW,
        answer_kind="indicator",
    ),
    ProblemType(
        "target_group_unknown",
        ERROR,
        gettext_noop("“{found}” is not a known target group. Correct the name or choose one."),
        once=Once.ROW,
        answer_kind="target_group",
    ),
    ProblemType(
        "occupation_unknown",
        ERROR,
        gettext_noop("“{found}” is not a known occupation (KldB 2010). Correct it or choose one."),
        once=Once.ROW,
        answer_kind="occupation",
    ),
    ProblemType(
        "occupation_contradicts",
        ERROR,
        gettext_noop(
            "The occupation code “{found}” and the label “{label}” beside it do not go together. Correct "
            "one of them."
        ),
        parameters=("label",),
        once=Once.ROW,
    ),
    ProblemType(
        "target_group_within",
        ERROR,
        gettext_noop(
            "“{found}” stands under “{parent}”: groups within groups are not recorded. Leave the row out or "
            "correct the target group."
        ),
        parameters=("parent",),
        once=Once.ROW,
    ),
    ProblemType(
        "target_group_alone",
        ERROR,
        gettext_noop(
            "It is not clear of which figure “{found}” is a part. Write “darunter” before it below the "
            "figure it belongs to, or name what it counts."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "section_unknown",
        ERROR,
        gettext_noop(
            "This row stands below “{found}”, which is not understood: its values may be of another kind. "
            "Use the name of an indicator, group, organisation or year, or take the heading out."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "period_differs",
        ERROR,
        gettext_noop(
            "“{found}” is not the whole period the figures of a year are kept for. Give the year's own "
            "figures."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "year_unreadable",
        ERROR,
        gettext_noop("“{found}” is not a year. Write it with four digits."),
        once=Once.ROW,
    ),
    ProblemType(
        "year_out_of_range",
        ERROR,
        gettext_noop(
            "There is no reporting round for the year {found}. Correct the year or have the round opened."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "dimension_missing",
        ERROR,
        gettext_noop(
            "This cell is empty, so it is not known what the value in this row belongs to. Fill it in."
        ),
        once=Once.ROW,
    ),
    ProblemType(
        "organisation_ended",
        ERROR,
        gettext_noop(
            "“{found}” no longer existed in {year}, it ended on {until}. Successor: {successor}. Correct the "
            "name or the year."
        ),
        parameters=("year", "until", "successor"),
        once=Once.ROW,
    ),
    ProblemType(
        "organisation_later",
        ERROR,
        gettext_noop(
            "“{found}” did not exist yet in {year}, it began on {since}. Correct the name or the year."
        ),
        parameters=("year", "since"),
        once=Once.ROW,
    ),
    ProblemType(
        "region_differs",
        ERROR,
        gettext_noop("“{found}” is not the Land of {organisation}. Correct the Land or the organisation."),
        parameters=("organisation",),
        once=Once.ROW,
    ),
    ProblemType(
        "region_level",
        ERROR,
        gettext_noop(
            "“{found}” is a district in {region}; figures are kept by Land. Add up each Land’s districts."
        ),
        parameters=("region",),
        once=Once.ROW,
    ),
    ProblemType(
        "occupation_level",
        ERROR,
        gettext_noop(
            "The occupation code “{found}” has another number of digits than the rest of the table "
            "({digits}). Subtotals cannot be recorded beside their parts."
        ),
        parameters=("digits",),
        once=Once.ROW,
    ),
    ProblemType(
        "date_not_label",
        ERROR,
        gettext_noop(
            "The cell holds the date {found} instead of a name or code. Spreadsheets turn 1-2, 3/4 or 10.12 "
            "into dates: format the cell as text and enter again what it should hold."
        ),
        once=Once.ROW,
    ),
)
