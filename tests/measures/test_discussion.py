"""The discussion of a submission: who reads and writes, files by their content, nothing taken back."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse

from alliance_portal.serving.rates import CallKind, kinds_of_call
from measures.models import Attachment, Comment
from partners.enums import SecurityEventKind
from partners.models import SecurityEvent
from tests.measures.reviewing import PDF, commented, pdf
from tests.measures.spreadsheets import row, workbook
from tests.measures.submissions import NRW, item_of, make_submission
from tests.measures.test_review_views import address, text_of
from tests.scanners import MARK, NAME, scanner_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission():
    return make_submission()


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return content.getvalue()


def zipped_by_a_newer_program() -> bytes:
    """A list of parts that asks for a version of the format which nothing here reads."""
    content = zipped("xl/workbook.xml")
    entry = content.index(b"PK\x01\x02")
    return content[: entry + 6] + (99).to_bytes(2, "little") + content[entry + 8 :]


def test_both_sides_see_what_the_other_has_written(client, sign_in, submission):
    partner = sign_in("contributor", "IHK-142")
    client.post(address("submission_discussion", submission), {"text": "Die Zahl ist vorläufig."})
    reviewer = sign_in("reviewer", "BMAS")
    client.post(address("submission_discussion", submission), {"text": "Bis wann?"})
    sign_in("coordinator", "DIHK")

    page = text_of(client.get(address("submission_discussion", submission)))

    assert f"{partner} , für die Organisation (IHK Köln)" in page
    assert f"{reviewer} , für die Prüfung (BMAS)" in page
    assert "Die Zahl ist vorläufig." in page
    assert "Bis wann?" in page


def test_comment_sent_twice_in_a_row_is_written_once(client, sign_in, submission):
    sign_in("contributor", "IHK-142")
    for text in ("Vorläufig.", "Vorläufig.", "Doch nicht.", "Vorläufig."):
        client.post(address("submission_discussion", submission), {"text": text})

    assert sorted(submission.comments.values_list("text", flat=True)) == [
        "Doch nicht.", "Vorläufig.", "Vorläufig.",
    ]  # fmt: skip


def test_the_same_words_are_a_second_comment_with_another_file_or_once_somebody_has_answered(
    client, sign_in, submission
):
    author = sign_in("contributor", "IHK-142")
    for content in (b"%PDF-1.4 a", b"%PDF-1.4 a", b"%PDF-1.4 b"):
        file = SimpleUploadedFile("beleg.pdf", content)
        client.post(address("submission_discussion", submission), {"text": "Ja.", "file": file})
    assert Attachment.objects.count() == submission.comments.count() == 2

    client.post(address("submission_discussion", submission), {"text": "Ja."})
    sign_in("reviewer", "BMAS")
    client.post(address("submission_discussion", submission), {"text": "Auch die der Frauen?"})
    client.force_login(author)
    client.post(address("submission_discussion", submission), {"text": "Ja."})
    assert submission.comments.filter(text="Ja.").count() == 4


def test_comment_on_a_cell_leads_to_it_and_is_counted_there(client, sign_in, submission):
    sign_in("contributor", "IHK-142")
    name = f"{item_of(submission).pk}-{NRW}-_T"

    client.post(address("submission_discussion", submission), {"text": "Stimmt so.", "cell": name})

    discussion = client.get(address("submission_discussion", submission)).content.decode()
    grid = client.get(address("submission_detail", submission))
    assert f"#cell-{name}" in discussion
    assert "1 Kommentar" in text_of(grid)
    assert grid.context["grid"].cells[name].comments == 1


def test_cell_of_another_submission_is_refused(client, sign_in, submission):
    foreign = item_of(make_submission("HWK-00032"))
    sign_in("contributor", "IHK-142")

    answer = client.post(
        address("submission_discussion", submission), {"text": "?", "cell": f"{foreign.pk}-{NRW}-_T"}
    )

    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("upload", "name"),
    [
        (lambda: pdf("beleg.pdf"), "beleg.pdf"),
        (lambda: pdf("..\\..\\beleg.exe"), "beleg.pdf"),
        (lambda: SimpleUploadedFile("a.xlsx", workbook([row(5)])), "a.xlsx"),
    ],
    ids=["pdf", "strange name", "workbook"],
)
def test_file_is_stored_and_comes_back_as_an_attachment(client, sign_in, submission, upload, name):
    sign_in("contributor", "IHK-142")
    sent = upload()
    content = sent.read()
    sent.seek(0)

    client.post(address("submission_discussion", submission), {"text": "Siehe Beleg.", "file": sent})

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.size) == (name, len(content))
    assert attachment.name.endswith(attachment.kind)
    answer = client.get(reverse("measures:submission_attachment", args=[submission.pk, attachment.pk]))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("beleg.pdf", b"<html><script>alert(1)</script></html>"),
        ("beleg.pdf", b"MZ\x90\x00"),
        ("beleg.pdf", b""),
        ("tabelle.xlsx", b"PK\x03\x04 nothing"),
        ("tabelle.xlsx", zipped("word/document.xml")),
        ("tabelle.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin")),
        ("tabelle.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("tabelle.xlsx", zipped_by_a_newer_program()),
    ],
    ids=["html", "program", "empty", "broken", "document", "macros", "old workbook", "newer zip"],
)
def test_file_of_another_kind_is_refused_whatever_it_is_called(client, sign_in, submission, name, content):
    sign_in("contributor", "IHK-142")

    answer = client.post(
        address("submission_discussion", submission),
        {"text": "Siehe Beleg.", "file": SimpleUploadedFile(name, content)},
    )

    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_file_that_is_too_large_is_refused(client, sign_in, submission, settings):
    settings.ATTACHMENT_MAX_BYTES = len(PDF) - 1
    sign_in("contributor", "IHK-142")

    answer = client.post(
        address("submission_discussion", submission), {"text": "Siehe Beleg.", "file": pdf()}
    )

    assert answer.status_code == 422
    assert "Die Datei ist zu groß" in text_of(answer)


def test_file_with_malware_is_refused_and_leaves_a_security_event(
    client, sign_in, submission, settings, tmp_path
):
    settings.MALWARE_SCANNER = str(tmp_path / "scanner")
    person = sign_in("contributor", "IHK-142")
    infected = SimpleUploadedFile("beleg.pdf", PDF + MARK)

    with scanner_at(tmp_path / "scanner") as scanner:
        answer = client.post(
            address("submission_discussion", submission), {"text": "Siehe Beleg.", "file": infected}
        )
        client.post(address("submission_discussion", submission), {"text": "Siehe Beleg.", "file": pdf()})

    assert answer.status_code == 422
    assert scanner.seen == [PDF + MARK, PDF]
    assert [attachment.name for attachment in Attachment.objects.all()] == ["beleg.pdf"]
    event = SecurityEvent.objects.get(kind=SecurityEventKind.MALWARE_FOUND)
    assert (event.person, event.target) == (person, NAME)


def test_file_that_cannot_be_scanned_is_not_taken(client, sign_in, submission, settings, tmp_path):
    settings.MALWARE_SCANNER = str(tmp_path / "nobody")
    sign_in("contributor", "IHK-142")

    answer = client.post(
        address("submission_discussion", submission), {"text": "Siehe Beleg.", "file": pdf()}
    )

    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_file_of_another_submission_is_not_found(client, sign_in, submission):
    foreign = commented(make_submission("HWK-00032")).attachments.get()
    sign_in("contributor", "IHK-142")

    answers = [
        client.get(reverse("measures:submission_attachment", args=[submission_id, foreign.pk])).status_code
        for submission_id in (submission.pk, foreign.comment.submission_id)
    ]

    assert answers == [404, 404]


@pytest.mark.parametrize(
    "change",
    [
        lambda comment: Comment.objects.filter(pk=comment.pk).update(text="anders"),
        lambda comment: comment.attachments.all().delete(),
        lambda comment: comment.attachments.update(name="anders.pdf"),
    ],
)
def test_what_was_sent_stays(submission, change):
    comment = commented(submission)

    with pytest.raises(ProgrammingError), transaction.atomic():
        change(comment)


def test_largest_attachment_fits_into_what_a_form_may_carry():
    assert settings.WEB_LIMITS["FORM_BYTES"] > settings.ATTACHMENT_MAX_BYTES


def test_comments_and_attachments_are_counted_like_other_uploads_and_files():
    upload = kinds_of_call("measures:submission_discussion", method="POST", searches=False)
    download = kinds_of_call("measures:submission_attachment", method="GET", searches=False)

    assert (upload[1:], download[1:]) == ([CallKind.UPLOADS], [CallKind.FILES])
