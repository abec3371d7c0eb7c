"""What belongs to a review, made by the services: marks, comments with a file, steps for several at once."""

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile

from measures.enums import Side
from measures.models import Comment, ReviewBatch, ReviewMark, Submission
from measures.selectors.submission_versions import version_of, versions_of
from measures.services import review
from measures.services.batches import create_batch
from measures.services.discussion import add_comment
from measures.services.review import MarkedCell
from measures.workflow import WORKFLOW, SubmissionAction
from partners.models import User
from partners.permissions import access_for
from tests.factories import MembershipFactory, UserFactory
from tests.measures.submissions import item_of, move

PDF = b"%PDF-1.7\n%%EOF\n"


def pdf(name: str = "beleg.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def sent_back(submission: Submission, *groups: str, remark: str = "Bitte prüfen") -> list[ReviewMark]:
    """Submit it and send it back, with marks on these groups of the entry-level qualification."""
    if submission.status != "submitted":
        move(submission, "submitted")
    item = item_of(submission)
    cells = [MarkedCell(item.pk, submission.organisation.region_id, group, remark) for group in groups]
    review.send_back_submission(
        submission_id=submission.pk,
        actor=UserFactory(),
        seen=version_of(submission.pk),
        reason="Bitte ergänzen",
        marks=cells,
    )
    submission.refresh_from_db()
    return list(ReviewMark.objects.filter(item=item).order_by("pk"))


def marked(submission: Submission) -> ReviewMark:
    return sent_back(submission, "_T")[0]


def commented(
    submission: Submission,
    author: User | None = None,
    *,
    side: Side = Side.PARTNER,
    with_file: bool = True,
    cell: tuple[int, str, str] | None = None,
) -> Comment:
    person = author or MembershipFactory(organisation_code=submission.organisation.code).user
    return add_comment(
        submission=submission,
        access=access_for(person),
        author=person,
        side=side,
        text="Die Zahl stimmt.",
        cell=cell,
        upload=pdf() if with_file else None,
    )


def approved_at_once(submissions: Sequence[Submission], actor: User) -> ReviewBatch:
    """Approve them in one go, or propose it where they are more than one person may approve."""
    seen = versions_of([each.pk for each in submissions])
    return create_batch(action=SubmissionAction.APPROVE, seen=seen, actor=actor)


def take(action: str, submission: Submission, actor: User | None = None, reason: str = "") -> Submission:
    """Take a step as somebody does who has just looked."""
    return review.take_step(
        step=WORKFLOW.step(action),
        submission_id=submission.pk,
        actor=actor or UserFactory(),
        seen=version_of(submission.pk),
        reason=reason,
    )
