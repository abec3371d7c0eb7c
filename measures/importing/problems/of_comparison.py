"""Problems that only a comparison with the database finds, once a file has been read."""

from measures.importing.problems.types import ERROR, QUERY, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "organisation_not_due",
        ERROR,
        gettext_noop(
            "{organisation} does not report “{indicator}” for {year}: it is not asked for it, or its members "
            "report it themselves. Values held: {count}."
        ),
        parameters=("organisation", "indicator", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "round_closed",
        ERROR,
        gettext_noop(
            "The reporting round {year} is not open for {organisation} (last day: {closes_on}). Ask the data "
            "management team to record a late delivery. Values held: {count}."
        ),
        parameters=("year", "organisation", "closes_on", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "submission_locked",
        ERROR,
        gettext_noop(
            "{organisation} has already submitted its figures for {year}; they are in review or approved. Ask"
            " for the submission to be sent back. Values held: {count}."
        ),
        parameters=("organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "region_level_conflict",
        ERROR,
        gettext_noop(
            "“{indicator}” of {organisation} for {year} is recorded by another level of regions. One level is"
            " used for all figures. Values held: {count}."
        ),
        parameters=("indicator", "organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "occupation_level_conflict",
        ERROR,
        gettext_noop(
            "“{indicator}” of {organisation} for {year} is recorded by occupations of another number of "
            "digits. One level is used for all figures. Values held: {count}."
        ),
        parameters=("indicator", "organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "indicator_not_recorded",
        ERROR,
        gettext_noop("“{indicator}” is not recorded as figures. Values held: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "occupation_not_asked",
        ERROR,
        gettext_noop("“{indicator}” is not broken down by occupation. Values held: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "target_group_not_asked",
        ERROR,
        gettext_noop("“{indicator}” is not broken down by target group. Values held: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "data_as_of_older",
        QUERY,
        gettext_noop(
            "The data of this table are as of {as_of}; what is stored is as of {stored}. Make sure that the "
            "file is not an older edition. Values concerned: {count}."
        ),
        parameters=("as_of", "stored", "count"),
        numbers=("count",),
        once=Once.SHEET,
    ),
    ProblemType(
        "replaces_others",
        QUERY,
        gettext_noop(
            "What {who} entered by {when} would be replaced. Make sure that the file is right, or explain "
            "why. Values concerned: {count}."
        ),
        parameters=("who", "when", "count"),
        numbers=("count",),
        is_explainable=True,
    ),
    ProblemType(
        "no_jump_from_last_year",
        QUERY,
        gettext_noop(
            "“{indicator}”: {change} % against {year} ({now} after {before}). A value more than half (and at "
            "least 20) above or below last year's needs a reason. Values concerned: {count}."
        ),
        parameters=("indicator", "change", "year", "now", "before", "count"),
        numbers=("change", "now", "before", "count"),
        is_explainable=True,
    ),
    ProblemType(
        "group_within_total",
        QUERY,
        gettext_noop(
            "“{indicator}” for {year}: {value} is more than the total of {total}. Values concerned: {count}."
        ),
        parameters=("indicator", "year", "value", "total", "count"),
        numbers=("value", "total", "count"),
        is_explainable=True,
    ),
)

ALSO_OF_THE_READER = ("negative", "too_precise")
"""Rules of an indicator may have changed since the file was read: these are looked for once more."""
