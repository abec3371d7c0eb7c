"""Checks are data with a log that the database keeps; drafts, years and waivers decide where they count."""

import pytest
from django.db import DatabaseError, connection, transaction

from measures.checks import ParametersError
from measures.exceptions import CheckRefusedError, ReasonMissingError
from measures.models import CheckWaiver, PlausibilityCheck, PlausibilityCheckVersion, ReportingRound
from measures.selectors.checks.definitions import definitions_of_year, indicator_names
from measures.selectors.checks.findings import findings_by_submission
from measures.selectors.checks.log import check_log
from measures.selectors.checks.trial import trial
from measures.services.catalogue import load_catalogue
from measures.services.checks import (
    CheckPlan,
    WaiverPlan,
    activate_check,
    add_check,
    change_check,
    end_check,
    end_waiver,
    waive_check,
)
from partners.models import Affiliation, Organisation
from tests.factories import UserFactory
from tests.measures.checking import JUMP, findings, jumping, make_check, waived
from tests.measures.submissions import YEAR, item_of, make_submission, move, put
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db

PLAN = CheckPlan(
    severity="error",
    parameters={"indicators": ["training_placements"], "maximum": "50"},
    text_de="Höchstens 50 Plätze",
    text_en="At most 50 places",
    valid_from=2014,
)


@pytest.fixture
def steward():
    return UserFactory(first_name="Sabine", last_name="Steward")


@pytest.fixture
def submission():
    submission = make_submission()
    put(item_of(submission), 60)
    return submission


def added(steward, code="sizes", kind="range", plan=PLAN):
    return add_check(code=code, kind=kind, plan=plan, actor=steward, reason="Wunsch der Kammern")


def log_of(check):
    lines = check_log(check, list(check.waivers.all()), indicator_names())
    return [(line.title, line.person, line.reason) for line in lines]


def test_draft_counts_for_nobody_until_it_is_activated_and_then_for_its_years(submission, steward):
    check = added(steward)
    assert findings(submission) == []

    activate_check(check_id=check.pk, actor=steward, reason="Erprobt")
    assert findings(submission) == [("error", "sizes")]

    end_check(check_id=check.pk, last_year=YEAR, actor=steward, reason="Ersetzt")
    assert findings(submission) == [("error", "sizes")]
    assert [check.code for check in definitions_of_year(YEAR + 1) if check.code == "sizes"] == []


@pytest.mark.parametrize("last_year", [YEAR - 1, None])
def test_ended_check_does_not_count_after_its_last_year(submission, steward, last_year):
    check = added(steward)
    activate_check(check_id=check.pk, actor=steward, reason="Erprobt")

    end_check(check_id=check.pk, last_year=last_year, actor=steward, reason="Ersetzt")

    assert findings(submission) == []


def test_draft_that_is_given_up_never_counts(submission, steward):
    check = added(steward)

    end_check(check_id=check.pk, last_year=YEAR + 5, actor=steward, reason="Taugt nicht")

    assert findings(submission) == []
    with pytest.raises(CheckRefusedError):
        activate_check(check_id=check.pk, actor=steward, reason="Doch")


def test_log_names_who_changed_what_and_why_the_newest_first(steward):
    check = added(steward)
    plan = CheckPlan(**{**vars(PLAN), "severity": "query", "parameters": {"maximum": "70"}})
    change_check(check_id=check.pk, plan=plan, actor=steward, reason="Zu streng")
    activate_check(check_id=check.pk, actor=steward, reason="Erprobt")
    waiver = waived(check, steward, "IHK-142")
    end_waiver(waiver_id=waiver.pk, actor=steward, reason="Umgestellt")
    end_check(check_id=check.pk, last_year=2031, actor=steward, reason="Ersetzt")

    name = "Sabine Steward"
    # The versions of one transaction have the time of its beginning, so the waiver comes before them here.
    assert log_of(check) == [
        ("Ausnahme beendet", name, "Umgestellt"),
        ("Ausnahme zugelassen", name, "Umstellung der Zählung"),
        ("Beendet", name, "Ersetzt"),
        ("Aktiviert", name, "Erprobt"),
        ("Geändert", name, "Zu streng"),
        ("Angelegt", name, "Wunsch der Kammern"),
    ]
    changed = check_log(check, [], indicator_names())[2]
    assert sorted(changed.changes) == [
        "Größter Wert: 50 → 70",
        "Kennzahlen: Betriebliche Plätze für Teilnehmende (Einstiegsqualifizierung) → alle",
        "Schweregrad: Fehler → Rückfrage",
    ]


def test_database_keeps_a_version_of_every_change_and_none_can_be_changed(steward):
    check = added(steward)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE measures_plausibilitycheck SET severity = 'note' WHERE id = %s", [check.pk])
    versions = PlausibilityCheckVersion.objects.filter(pgh_obj=check)

    assert list(versions.values_list("severity", flat=True)) == ["error", "note"]
    for statement in (
        "UPDATE measures_plausibilitycheckversion SET severity = 'error'",
        "DELETE FROM measures_plausibilitycheckversion",
        "TRUNCATE measures_plausibilitycheckversion",
        "DELETE FROM measures_plausibilitycheck",
        "UPDATE measures_plausibilitycheck SET code = 'other'",
        "UPDATE measures_plausibilitycheck SET kind = 'missing'",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(("first", "then"), [("active", "draft"), ("ended", "active"), ("ended", "draft")])
def test_database_lets_no_check_go_back(first, then):
    check = make_check(status=first, valid_until=2030)

    with pytest.raises(DatabaseError), transaction.atomic():
        PlausibilityCheck.objects.filter(pk=check.pk).update(status=then)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_changed_without_a_reason(steward, reason):
    check = make_check(status="draft")
    for change in (
        lambda: add_check(code="x", kind="range", plan=PLAN, actor=steward, reason=reason),
        lambda: change_check(check_id=check.pk, plan=PLAN, actor=steward, reason=reason),
        lambda: activate_check(check_id=check.pk, actor=steward, reason=reason),
        lambda: end_check(check_id=check.pk, last_year=2030, actor=steward, reason=reason),
        lambda: waive_check(
            check_id=check.pk, plan=WaiverPlan(None, None, 2030, 2030, reason), actor=steward
        ),
        lambda: end_waiver(waiver_id=waived(check, steward).pk, actor=steward, reason=reason),
    ):
        with pytest.raises(ReasonMissingError):
            change()


def test_waiver_sent_twice_in_a_row_is_given_once(steward):
    check, plan = added(steward), WaiverPlan(None, None, 2030, 2030, "Umstellung der Zählung")

    given = [waive_check(check_id=check.pk, plan=plan, actor=steward) for _click in range(2)]

    assert given[0] == given[1]


def test_what_makes_no_check_is_refused(steward):
    added(steward)
    unknown = CheckPlan(**{**vars(PLAN), "parameters": {"indicators": ["no_such"], "maximum": "1"}})

    with pytest.raises(CheckRefusedError):
        added(steward)
    with pytest.raises(ParametersError, match="no_such"):
        added(steward, "other", plan=unknown)
    with pytest.raises(ParametersError):
        added(steward, "other", kind="change")
    assert PlausibilityCheck.objects.filter(code="other").count() == 0


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ({}, "note"),
        ({"organisation": "IHK-142"}, "note"),
        ({"organisation": "IHK-101"}, "error"),
        ({"first_year": YEAR - 3, "last_year": YEAR - 1}, "error"),
        ({"first_year": YEAR - 3, "last_year": YEAR}, "note"),
    ],
)
def test_waiver_makes_a_note_of_what_is_found_for_its_organisation_and_years(
    submission, steward, facts, severity
):
    waived(make_check(severity="error"), steward, **facts)

    [finding] = findings_by_submission([submission.pk])[submission.pk]

    assert finding.severity == severity
    if severity == "note":
        assert (finding.waived.reason, finding.waived.by) == ("Umstellung der Zählung", "Sabine Steward")


def test_waiver_stays_as_it_was_given_and_ends_once(submission, steward):
    waiver = waived(make_check(severity="error"), steward)

    end_waiver(waiver_id=waiver.pk, actor=steward, reason="Umgestellt")

    assert findings(submission) == [("error", "sizes")]
    with pytest.raises(CheckRefusedError):
        end_waiver(waiver_id=waiver.pk, actor=steward, reason="Noch einmal")
    for change in (
        lambda: CheckWaiver.objects.filter(pk=waiver.pk).update(last_year=2099),
        waiver.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_trial_counts_what_a_draft_would_find_and_changes_nothing(steward):
    for code, value in (("IHK-142", 60), ("IHK-101", 70), ("IHK-111", 40)):
        each = make_submission(code)
        put(item_of(each), value, region=each.organisation.region_id)
    make_submission("IHK-112")
    check = added(steward)

    found = trial(check, ReportingRound.objects.get(year=YEAR))

    assert (found.judged, found.found_in, found.cells) == (3, 2, 2)
    assert [found.organisations[each.submission_id] for each in found.findings] == ["IHK Aachen", "IHK Köln"]


@pytest.mark.parametrize("count", [1, 3])
def test_findings_of_many_submissions_cells_and_members_take_the_same_queries(steward, count):
    make_check("peers", kind="peers", parameters={"minimum_values": 3}, severity="note")
    make_check("members", kind="members_sum", parameters={"indicators": ["training_placements"]})
    move(jumping("IHK-112"), "submitted")
    codes = ("IHK-142", "IHK-101", "IHK-111")[:count]
    submissions = [jumping(code, indicators=count) for code in codes]
    waived(PlausibilityCheck.objects.get(code=JUMP), steward, "IHK-112")

    with exactly_queries(15):
        found = findings_by_submission([each.pk for each in submissions])

    assert [len(found[each.pk]) for each in submissions] == [count] * count


@pytest.mark.parametrize("recorded", [(2031, 2032, 2033, 2034), (2034, 2033, 2032, 2031)])
def test_each_of_several_years_is_compared_with_the_year_before_it(recorded):
    stated = {2031: 10, 2032: 100, 2033: 110, 2034: 1000}
    submissions = {year: make_submission(year=year) for year in recorded}
    for year, submission in submissions.items():
        put(item_of(submission), stated[year])

    found = findings_by_submission([each.pk for each in submissions.values()])

    compared = {
        year: [(each.code, int(each.values["before"])) for each in found.get(submission.pk, [])]
        for year, submission in sorted(submissions.items())
    }
    assert compared == {2031: [], 2032: [(JUMP, 10)], 2033: [], 2034: [(JUMP, 110)]}


def test_history_is_that_of_the_organisation_itself(submission):
    for year, value in enumerate((10, 12, 11, 13, 14), start=YEAR - 5):
        put(item_of(make_submission(year=year)), value)
        put(item_of(make_submission("IHK-101", year=year)), 60)
    PlausibilityCheck.objects.filter(code=JUMP).update(severity="note")

    assert findings(submission) == [("query", "unlike_own_history"), ("note", JUMP)]


def test_peers_are_those_of_the_same_kind_that_have_handed_in(submission):
    make_check("peers", kind="peers", parameters={"minimum_values": 3}, severity="note")
    others = ("IHK-101", "IHK-111", "IHK-112")
    for code, value in zip(others, (10, 11, 12), strict=True):
        each = make_submission(code)
        put(item_of(each), value, region=each.organisation.region_id)
        if code != "IHK-112":
            move(each, "submitted")
    assert findings(submission) == []

    move(each, "submitted")

    [finding] = findings_by_submission([submission.pk])[submission.pk]
    assert finding.code == "peers"
    assert "3 Organisationen derselben Art" in finding.text


def test_stated_total_of_an_umbrella_is_compared_with_its_members(steward):
    """What the umbrella states and what its members state are two indicators."""
    make_check(
        "members",
        kind="members_sum",
        parameters={"indicators": ["internships"], "member_indicator": "training_placements"},
    )
    umbrella = make_submission("DIHK", ("internships",))
    put(item_of(umbrella, "internships"), 100, region="DE")
    members = [make_submission(code) for code in ("IHK-142", "IHK-101")]
    assert Affiliation.objects.filter(umbrella__code="DIHK", member__code="IHK-142").exists()
    put(item_of(members[0]), 70, region=members[0].organisation.region_id)
    assert findings(umbrella) == []

    put(item_of(members[1]), 20, region=members[1].organisation.region_id)

    [finding] = findings_by_submission([umbrella.pk])[umbrella.pk]
    assert finding.text == "Angegeben sind 100, 2 Mitglieder ergeben zusammen 90."


def test_catalogue_is_loaded_once_and_resets_only_what_has_not_ended(steward):
    PlausibilityCheck.objects.filter(code=JUMP).update(severity="note")
    ended = PlausibilityCheck.objects.get(code="parts_match_total")
    end_check(check_id=ended.pk, last_year=2020, actor=steward, reason="Ersetzt")

    assert load_catalogue()["checks"] == 0
    assert load_catalogue(overwrite=True)["checks"] == PlausibilityCheck.objects.count() - 1

    assert PlausibilityCheck.objects.get(code=JUMP).severity == "query"
    ended.refresh_from_db()
    assert (ended.status, ended.valid_until) == ("ended", 2020)


def test_waiver_of_another_organisation_is_not_shown_to_everybody(client, sign_in, steward):
    check = make_check()
    waived(check, steward, "HWK-00032", reason="Nur für die HWK")
    waived(check, steward, "IHK-142", reason="Nur für Köln")
    assert Organisation.objects.filter(code="HWK-00032").exists()
    sign_in("contributor", "IHK-142")

    page = client.get(f"/pruefregeln/{check.code}/").content.decode()

    assert "Nur für Köln" in page
    assert "Nur für die HWK" not in page
