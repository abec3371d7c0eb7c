from measures.models.catalogue import (
    FundingSource,
    Lesson,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Occupation,
    Outcome,
    Phase,
    Product,
    TargetGroup,
)
from measures.models.figures import (
    ApprovedFigure,
    ApprovedTotal,
    ControlTotal,
    CurrentTotal,
    Figure,
    FigureVersion,
)
from measures.models.import_search import StagedBlock, StagedOccupation, StagedOwner
from measures.models.imports import ImportCause, ImportProblem, ImportRun, SourceFile, StagedFigure
from measures.models.indicators import Indicator, IndicatorAlias, Target
from measures.models.profiles import ImportProfile, SupplierAlias
from measures.models.review import Attachment, BatchEntry, Comment, ReviewBatch, ReviewMark
from measures.models.round_plans import RoundEvent, RoundIndicator
from measures.models.rounds import Item, ReportingRound, Submission, SubmissionEvent
from measures.models.steps import FigureExplanation, FigureUse, ImportStep, TouchedItem

__all__ = [
    "ApprovedFigure",
    "ApprovedTotal",
    "Attachment",
    "BatchEntry",
    "Comment",
    "ControlTotal",
    "CurrentTotal",
    "Figure",
    "FigureExplanation",
    "FigureUse",
    "FigureVersion",
    "FundingSource",
    "ImportCause",
    "ImportProblem",
    "ImportProfile",
    "ImportRun",
    "ImportStep",
    "Indicator",
    "IndicatorAlias",
    "Item",
    "Lesson",
    "Measure",
    "MeasureContribution",
    "MeasureFunding",
    "Objective",
    "Occupation",
    "Outcome",
    "Phase",
    "Product",
    "ReportingRound",
    "ReviewBatch",
    "ReviewMark",
    "RoundEvent",
    "RoundIndicator",
    "SourceFile",
    "StagedBlock",
    "StagedFigure",
    "StagedOccupation",
    "StagedOwner",
    "Submission",
    "SubmissionEvent",
    "SupplierAlias",
    "Target",
    "TargetGroup",
    "TouchedItem",
]
