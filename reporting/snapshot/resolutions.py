"""What the partners resolved up to a year, and what became of it."""

from django.db.models import Prefetch

from measures.models import Commitment, Resolution
from reporting.frozen import schema
from reporting.frozen.schema import Text
from reporting.snapshot.words import name_of


def resolutions(year: int) -> tuple[schema.ResolutionData, ...]:
    """Those that stand in the report, of meetings of the year and before, in the order of their days."""
    commitments = Commitment.objects.select_related("organisation").order_by("organisation__sort_key")
    found = (
        Resolution.objects.filter(is_reported=True, meeting__day__year__lte=year, meeting__is_cancelled=False)
        .with_state()
        .select_related("meeting")
        .prefetch_related(Prefetch("commitments", commitments), "measures")
        .order_by("meeting__day", "due_on", "pk")
    )
    return tuple(
        schema.ResolutionData(
            title=Text(de=each.title_de, en=each.title_en),
            meeting=Text(de=each.meeting.title_de, en=each.meeting.title_en),
            resolved_on=each.meeting.day,
            state=each.state,  # type: ignore[attr-defined]  # annotated
            text=Text(de=each.text_de, en=each.text_en) if each.text_de else None,
            due_on=each.due_on,
            measures=tuple(sorted(measure.code for measure in each.measures.all())),
            commitments=tuple(
                schema.CommitmentData(
                    organisation=name_of(commitment.organisation),
                    state=commitment.state,
                    reason=commitment.state_reason,
                )
                for commitment in each.commitments.all()
            ),
        )
        for each in found
    )
