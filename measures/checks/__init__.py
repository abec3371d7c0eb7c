from measures.checks.definitions import KINDS, Definition, Need
from measures.checks.facts import (
    ROUNDED_TO,
    ItemFacts,
    Key,
    MembersStated,
    PeerValue,
    Place,
    StatedFigure,
    SubmissionFacts,
)
from measures.checks.findings import Explained, Finding, Waived, run_checks
from measures.checks.parameters import ParametersError, plain, read_parameters

__all__ = [
    "KINDS",
    "ROUNDED_TO",
    "Definition",
    "Explained",
    "Finding",
    "ItemFacts",
    "Key",
    "MembersStated",
    "Need",
    "ParametersError",
    "PeerValue",
    "Place",
    "StatedFigure",
    "SubmissionFacts",
    "Waived",
    "plain",
    "read_parameters",
    "run_checks",
]
