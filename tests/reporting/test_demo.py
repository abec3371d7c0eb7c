"""The demo's data come in through the portal's own services, once."""

import pytest
from django.core.management import call_command

from measures.models import Figure, FigureVersion, ImportRun, Submission, SubmissionEvent
from partners.models import Membership
from reporting.models import ProgressReport

PUBLISHED = {
    ("additional_places", 2015): (7300, 20000),
    ("additional_places", 2016): (18118, None),
    ("training_placements", 2015): (19020, 20000),
    ("assisted_starts", 2015): (5000, 10000),
    ("welcome_mentors", 2016): (140, 150),
}


@pytest.fixture
def demo(transactional_db, settings, tmp_path, capsys) -> str:
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo")
    return capsys.readouterr().out


def counts() -> dict[str, int]:
    models = (Figure, FigureVersion, ImportRun, Submission, SubmissionEvent, Membership, ProgressReport)
    return {model.__name__: model.objects.count() for model in models}


def test_the_demo_publishes_the_figures_prints_the_logins_and_is_loaded_once(demo, capsys):
    before = counts()

    report = ProgressReport.objects.get(status="released")
    assert report.released_by.email == "freigabe@demo.example"
    snapshot = report.snapshot.frozen
    told = {
        (indicator.code, figure.year): (figure.amount.value, figure.target and figure.target.value)
        for indicator in snapshot.headlines
        for figure in indicator.years
        if figure.amount.value is not None
    }
    assert told == PUBLISHED
    assert "unvollständig (53 von 132 unbekannt)" in demo
    assert demo.count("@demo.example") == 6
    statuses = (
        Submission.objects.filter(round__year=2017)
        .exclude(submitted_at=None)
        .values_list("status", flat=True)
    )
    assert sorted(statuses) == ["returned", "submitted"]

    call_command("verify_figures")
    capsys.readouterr()
    call_command("load_demo")

    assert counts() == before
    assert "Importiert" not in capsys.readouterr().out
