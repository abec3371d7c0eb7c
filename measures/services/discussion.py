"""The discussion of a submission: a comment is sent with its file, or neither is."""

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from measures.enums import AttachmentKind, Side
from measures.exceptions import AttachmentRefusedError
from measures.importing.formats.signatures import foreign_kind
from measures.models import Attachment, Comment, Submission
from measures.rules.rights import rights_over
from measures.services.notices.steps import write_notices_of_comment
from measures.services.review import begin_review
from measures.workflow import Right, SubmissionStatus
from partners.enums import Role
from partners.exceptions import FileRefusedError
from partners.files.archives import parts_of
from partners.files.storage import removed_on_failure
from partners.models import User
from partners.permissions import Access
from partners.services.scanning import refuse_malware
from partners.services.security_events import Sender
from partners.services.twice import stated_a_moment_ago

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 1024
MEGABYTE = 1024 * 1024
_SIDES: "Mapping[Right, Side]" = {
    Right.CONTRIBUTES: Side.PARTNER,
    Right.COORDINATES_MEMBER: Side.UMBRELLA,
    Right.REVIEWS: Side.REVIEW,
    Right.MANAGES_DATA: Side.DATA,
}
"""For whom a person writes, by the first right they have."""


_ROLES: "Mapping[Side, Role]" = {
    Side.UMBRELLA: Role.COORDINATOR,
    Side.REVIEW: Role.REVIEWER,
    Side.DATA: Role.DATA_STEWARD,
}


def side_of(access: Access, submission: Submission) -> Side | None:
    """For whom this person writes about the submission; None: they read, at most."""
    rights = rights_over(access, submission.organisation_id)
    return next((side for right, side in _SIDES.items() if right in rights), None)


def add_comment(  # noqa: PLR0913  # who writes what on which cell, with which file
    *,
    submission: Submission,
    access: Access,
    author: User,
    side: Side,
    text: str,
    cell: tuple[int, str, str] | None = None,
    upload: File | None = None,
) -> Comment:
    """Send a comment. The first one by those who review begins the review of a submission that waits.

    Raises ``AttachmentRefusedError`` for a file that is not taken; then nothing is sent.
    """
    kind = _checked(upload, author) if upload else None
    item, region, group = cell or (None, None, None)
    with removed_on_failure() as stored, transaction.atomic():
        content = {"item_id": item, "region_id": region, "target_group_id": group, "text": text.strip()}
        written = stated_a_moment_ago(
            submission.comments.all(), by="author_id", person_id=author.pk, at="at", **content
        )
        files = {_sha256(upload)} if upload else set()
        if written and set(written.attachments.values_list("sha256", flat=True)) == files:
            return written
        if side in {Side.UMBRELLA, Side.REVIEW} and submission.status == SubmissionStatus.SUBMITTED:
            begin_review(submission=submission, actor=author)
        comment = Comment.objects.create(
            submission=submission,
            **content,
            author=author,
            side=side,
            organisation_id=_organisation_of(access, submission, side),
        )
        if upload and kind:
            attachment = _attachment(comment, upload, kind)
            stored.append(attachment.content)
            attachment.save()
        write_notices_of_comment(comment)
    return comment


def _checked(upload: File, author: User) -> AttachmentKind:
    """What the file is by its content, whatever it is called; malware is looked for before it is opened."""
    if not upload.size:
        raise AttachmentRefusedError(_("The file is empty."))
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise AttachmentRefusedError(
            _("The file is too large: up to %(limit)s MB are possible.")
            % {"limit": settings.ATTACHMENT_MAX_BYTES // MEGABYTE}
        )
    try:
        refuse_malware(cast("BinaryIO", upload), sender=Sender(), person_id=author.pk)
    except FileRefusedError as error:
        raise AttachmentRefusedError(str(error)) from error
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    if head.startswith(b"%PDF-") and foreign_kind(head) == "pdf":
        return AttachmentKind.PDF
    if _is_workbook(upload):
        return AttachmentKind.XLSX
    raise AttachmentRefusedError(_("Only PDF and Excel files (.pdf, .xlsx) can be attached."))


def _is_workbook(upload: File) -> bool:
    """Whether it is an Excel workbook without macros: only its list of parts is read."""
    parts = {part.filename.lower() for part in parts_of(cast("BinaryIO", upload))}
    return "xl/workbook.xml" in parts and not any(part.endswith("vbaproject.bin") for part in parts)


def _sha256(upload: File) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _attachment(comment: Comment, upload: File, kind: AttachmentKind) -> Attachment:
    sha256 = _sha256(upload)
    name = _safe_name(upload.name or "", kind)
    attachment = Attachment(comment=comment, name=name, kind=kind, size=upload.size, sha256=sha256)
    attachment.content.save(f"{comment.pk}-{sha256[:16]}.{kind.value}", upload, save=False)
    return attachment


def _safe_name(name: str, kind: AttachmentKind) -> str:
    """What the sender called it, without folders, and with the ending of what it is."""
    stem = PurePath(name.replace("\\", "/").replace("\x00", "")).stem[:200]
    return f"{stem or kind.value}.{kind.value}"


def _organisation_of(access: Access, submission: Submission, side: Side) -> int | None:
    """The body for which the person writes: the organisation itself, or where they have the role for it."""
    if side == Side.PARTNER:
        return submission.organisation_id
    role = _ROLES[side]
    return next((each.organisation_id for each in access.memberships if each.role == role), None)
