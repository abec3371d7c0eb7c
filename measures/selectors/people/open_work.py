"""What somebody leaves open when they leave an organisation."""

from collections.abc import Collection
from dataclasses import dataclass, fields

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from measures.enums import Side
from measures.import_workflow import ImportStatus
from measures.models import Comment, Commitment, Figure, ImportRun, ReviewBatch, ReviewMark, Submission
from measures.querysets import SubmissionQuerySet
from measures.selectors.batches import waiting_of
from measures.workflow import SubmissionStatus
from partners.models import Invitation, User

MOST = 100
"""So many of each kind are listed."""


@dataclass(frozen=True)
class OpenWork:
    """``answers``: submissions whose newest comment, or whose marks of the review, wait for the partner."""

    drafts: list[Submission]
    imports: list[ImportRun]
    answers: list[Submission]
    batches: list[ReviewBatch]
    commitments: list[Commitment]
    invitations: list[Invitation]

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


def open_work(person: User, organisations: Collection[int], organisation_id: int) -> OpenWork:
    """Of these organisations; invitations are those to ``organisation_id``. A query for each kind."""
    theirs = Submission.objects.filter(organisation__in=organisations).select_related("organisation", "round")
    own = list(organisations)
    runs = ImportRun.objects.filter(
        Q(supplier__in=own) | Q(sent_for__overlap=own) | Q(sent_for=[]),
        created_by=person,
        status__in=(*ImportStatus.open, *ImportStatus.at_work),
    ).defer("tables", "sheets", "answers", "questions")
    invitations = Invitation.objects.open().filter(invited_by=person, organisation=organisation_id)
    return OpenWork(
        drafts=list(_drafts(theirs, person)[:MOST]),
        imports=list(runs.select_related("supplier")[:MOST]),
        answers=list(_waiting_for_an_answer(theirs)[:MOST]),
        batches=list(waiting_of(person)[:MOST]),
        commitments=list(_open_commitments(organisation_id)[:MOST]),
        invitations=list(invitations[:MOST]),
    )


def _open_commitments(organisation_id: int) -> QuerySet[Commitment]:
    """They are the organisation's: somebody has to report on them when this person does not any more."""
    found = Commitment.objects.unfinished().filter(organisation=organisation_id).select_related("resolution")
    return found.order_by(F("resolution__due_on").asc(nulls_last=True), "pk")


def _drafts(submissions: SubmissionQuerySet, person: User) -> SubmissionQuerySet:
    """Those not handed over in which the person has recorded."""
    recorded = Figure.objects.filter(item__submission=OuterRef("pk"), entered_by=person)
    return submissions.filter(Exists(recorded), status__in=SubmissionStatus.editable)


def _waiting_for_an_answer(submissions: SubmissionQuerySet) -> SubmissionQuerySet:
    newest = Comment.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk")
    marks = ReviewMark.objects.filter(item__submission=OuterRef("pk"), answered_at=None)
    in_discussion = submissions.exclude(status=SubmissionStatus.APPROVED).annotate(
        last_side=Subquery(newest.values("side")[:1])
    )
    asked = in_discussion.exclude(last_side=None).exclude(last_side=Side.PARTNER)
    marked = in_discussion.filter(Exists(marks), status=SubmissionStatus.RETURNED)
    return (asked | marked).distinct()
