"""The links of many-to-many fields, so that each that is added or removed leaves a version.

Django makes their tables by itself; the proxies are there for the triggers. Each version names both ends.
"""

from measures.models.catalogue import Measure
from measures.models.indicators import Target
from measures.models.meetings import Meeting, Resolution
from partners.models.versioned import links_versioned


@links_versioned("MeasureObjectiveVersion")
class MeasureObjective(Measure.objectives.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("MeasureTargetGroupVersion")
class MeasureTargetGroup(Measure.target_groups.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("TargetResponsibleVersion")
class TargetResponsible(Target.responsible.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("MeetingOrganisationVersion")
class MeetingOrganisation(Meeting.organisations.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("MeetingPersonVersion")
class MeetingPerson(Meeting.people.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("ResolutionMeasureVersion")
class ResolutionMeasure(Resolution.measures.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("ResolutionIndicatorVersion")
class ResolutionIndicator(Resolution.indicators.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


@links_versioned("ResolutionTargetVersion")
class ResolutionTarget(Resolution.targets.through):  # type: ignore[name-defined]  # made by Django
    class Meta:
        proxy = True


MeasureObjectiveVersion = MeasureObjective.pgh_event_model
MeasureTargetGroupVersion = MeasureTargetGroup.pgh_event_model
TargetResponsibleVersion = TargetResponsible.pgh_event_model
MeetingOrganisationVersion = MeetingOrganisation.pgh_event_model
MeetingPersonVersion = MeetingPerson.pgh_event_model
ResolutionMeasureVersion = ResolutionMeasure.pgh_event_model
ResolutionIndicatorVersion = ResolutionIndicator.pgh_event_model
ResolutionTargetVersion = ResolutionTarget.pgh_event_model
