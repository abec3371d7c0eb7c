"""The demo's data come in through the portal's own services, once."""

import pytest
from django.core.management import call_command

from measures.models import (
    Commitment,
    Figure,
    FigureVersion,
    ImportRun,
    MeasureFunding,
    Meeting,
    Submission,
    SubmissionEvent,
)
from measures.selectors.meetings.commitments import commitments_to_decide
from partners.models import Membership, User
from partners.permissions import access_for
from reporting.models import ProgressReport

PUBLISHED = {
    ("additional_places", 2015): (7300, 20000),
    ("additional_places", 2016): (18118, None),
    ("training_placements", 2015): (19020, 20000),
    ("assisted_starts", 2015): (5000, 10000),
    ("welcome_mentors", 2016): (140, 150),
}

EXAMPLES = {("post_offered_3", 2015): (5221, None), ("post_offered_3", 2016): (5499, None)}
"""Made up to show the funnel of the three offers; wherever they stand they are called examples."""


@pytest.fixture
def demo(transactional_db, settings, tmp_path, capsys) -> str:
    settings.MEDIA_ROOT = tmp_path
    call_command("load_demo")
    return capsys.readouterr().out


def counts() -> dict[str, int]:
    models = (
        Commitment,
        Figure,
        FigureVersion,
        ImportRun,
        MeasureFunding,
        Meeting,
        Membership,
        ProgressReport,
        Submission,
        SubmissionEvent,
    )
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.long
def test_the_demo_publishes_the_figures_prints_the_logins_and_is_loaded_once(demo, capsys):
    report = ProgressReport.objects.get(status="released")
    assert report.released_by.email == "freigabe@demo.example"
    snapshot = report.snapshot.frozen
    told = {
        (indicator.code, figure.year): (figure.amount.value, figure.target and figure.target.value)
        for indicator in snapshot.headlines
        for figure in indicator.years
        if figure.amount.value is not None
    }
    examples = {key: told.pop(key) for key in EXAMPLES}
    assert told == PUBLISHED
    assert examples == EXAMPLES
    assert demo.count("(Beispiel)") == len(EXAMPLES)
    assert {each.state for each in snapshot.resolutions} == {"not_kept", "open", "kept"}
    amounts = MeasureFunding.objects.filter(amount__isnull=False)
    assert set(amounts.values_list("quality", "note")) == {("example", "Beispielwert")}
    assert {row["quality"] for row in Figure.objects.filter(note="Beispielwert").values("quality")} == {
        "example"
    }
    steward = access_for(User.objects.get(email="daten@demo.example"))
    assert [each.organisation.code for each in commitments_to_decide(steward)] == ["DIHK"]
    assert "unvollständig (53 von 132 unbekannt)" in demo
    assert demo.count("@demo.example") == 6
    statuses = (
        Submission.objects.filter(round__year=2017)
        .exclude(submitted_at=None)
        .values_list("status", flat=True)
    )
    assert sorted(statuses) == ["approved", "returned", "submitted"]

    for report_type in ("annual", "practice"):
        ProgressReport.objects.create(
            year=2016,
            report_type=report_type,
            requested_by=report.requested_by,
            snapshot=report.snapshot,
            status="ready",
            finished_at=report.finished_at,
        )
    before = counts()
    call_command("verify_figures")
    capsys.readouterr()
    call_command("load_demo")

    assert counts() == before
    assert ProgressReport.objects.filter(status="ready").count() == 2  # left to whoever asked for them
    assert "Importiert" not in capsys.readouterr().out
