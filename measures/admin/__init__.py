"""The administration of the catalogue and the rounds; figures, versions and imports are for looking."""

from measures.admin.catalogue import IndicatorAdmin, MeasureAdmin, TargetAdmin
from measures.admin.funding import MeasureFundingAdmin
from measures.admin.records import (
    FigureAdmin,
    FigureVersionAdmin,
    ImportProfileAdmin,
    ImportRunAdmin,
    SourceFileAdmin,
    SupplierAliasAdmin,
)
from measures.admin.rounds import ReportingRoundAdmin, SubmissionAdmin, SubmissionEventAdmin

__all__ = [
    "FigureAdmin",
    "FigureVersionAdmin",
    "ImportProfileAdmin",
    "ImportRunAdmin",
    "IndicatorAdmin",
    "MeasureAdmin",
    "MeasureFundingAdmin",
    "ReportingRoundAdmin",
    "SourceFileAdmin",
    "SubmissionAdmin",
    "SubmissionEventAdmin",
    "SupplierAliasAdmin",
    "TargetAdmin",
]
