"""A file that is uploaded while the queue is out of reach is kept, and read once the queue is back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from kombu.exceptions import OperationalError as QueueError

from alliance_portal.celery import app
from measures import tasks
from measures.import_workflow import ImportStatus
from measures.models import ImportRun
from tests.measures.spreadsheets import row, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def broken_queue(monkeypatch):
    def refuse(*args, **options):
        raise QueueError("connection refused")

    app.conf.task_always_eager = False
    with monkeypatch.context() as patch:
        patch.setattr(app, "send_task", refuse)
        yield
    app.conf.task_always_eager = True


def upload(client):
    file = SimpleUploadedFile("Meldung.xlsx", workbook([row(5)]))
    return client.post(reverse("measures:import_list"), {"file": file}, follow=True)


def test_upload_is_kept_and_read_later(client, sign_in, broken_queue):
    make_submission()
    sign_in("contributor", "IHK-142")

    page = upload(client)

    assert page.status_code == 200
    assert "Die Datei ist gespeichert" in page.content.decode()
    run = ImportRun.objects.get()
    assert run.status == ImportStatus.UPLOADED

    app.conf.task_always_eager = True
    tasks.dispatch_pending_imports()

    run.refresh_from_db()
    assert run.status != ImportStatus.UPLOADED
