"""The pages of meetings and resolutions: who sees which, and what a data steward does there."""

import csv
import datetime as dt
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from measures.exceptions import MeetingChangedMeanwhileError
from measures.forms.meetings import PeopleField
from measures.models import Measure, Meeting, Resolution
from measures.selectors.meetings.files import csv_lines
from measures.selectors.meetings.resolutions import with_commitments
from partners.models import Organisation, User
from tests.factories import MembershipFactory, UserFactory
from tests.measures.meetings.making import (
    decided,
    make_commitment,
    make_meeting,
    make_resolution,
    reported,
    steward,
    works_for,
)
from tests.measures.test_review_views import text_of
from tests.queries import exactly_queries

pytestmark = pytest.mark.django_db

HIDDEN = {"audience": "participants"}


def url(name, *args):
    return reverse(f"measures:{name}", args=args)


def get(client, user, name, *args):
    client.force_login(user)
    return client.get(url(name, *args))


@pytest.mark.parametrize(
    ("role", "organisation", "is_open", "is_hidden"),
    [
        ("contributor", "DIHK", 200, 200),
        ("contributor", "ZDH", 200, 404),
        ("contributor", "IHK-142", 200, 404),
        ("coordinator", "ZDH", 200, 404),
        ("reviewer", "BMAS", 200, 200),
        ("data_steward", "BMAS", 200, 200),
        ("auditor", "BMAS", 200, 200),
    ],
)
def test_meetings_are_seen_by_all_partners_or_by_those_who_take_part(
    client, role, organisation, is_open, is_hidden
):
    meeting = make_meeting(title_de="Offene Sitzung", minutes="Protokoll A")
    closed = make_meeting("DIHK", title_de="Kleine Runde", minutes="Protokoll B", **HIDDEN)
    user = works_for(organisation, role)

    listed = text_of(get(client, user, "meeting_list"))

    assert get(client, user, "meeting_detail", meeting.pk).status_code == is_open
    assert get(client, user, "meeting_detail", closed.pk).status_code == is_hidden
    assert ("Kleine Runde" in listed) == (is_hidden == 200)
    assert "Offene Sitzung" in listed


def test_the_next_meeting_comes_first_and_of_the_past_the_latest(client):
    for day in ("2031-01-01", "2030-01-01", "2020-01-01", "2021-01-01"):
        make_meeting(title_de=day, day=day)

    page = get(client, works_for("DIHK"), "meeting_list").context

    assert [each.title for each in page["upcoming"]] == ["2030-01-01", "2031-01-01"]
    assert [each.title for each in page["past"]][:2] == ["2021-01-01", "2020-01-01"]


def test_who_is_named_sees_the_meeting_as_long_as_they_have_a_role(client):
    user = works_for("ZDH")
    meeting = make_meeting("DIHK", people=(user,), **HIDDEN)

    assert get(client, user, "meeting_detail", meeting.pk).status_code == 200
    user.memberships.update(valid_from="2020-01-01", valid_until="2020-12-31")
    assert get(client, user, "meeting_detail", meeting.pk).status_code == 404


def test_it_provider_is_no_partner(client):
    provider = Organisation.objects.create(
        code="IT", kind="service_provider", name_de="IT", name_en="IT", short_name="IT", region_id="DE"
    )
    user = MembershipFactory(organisation=provider).user

    assert get(client, user, "meeting_detail", make_meeting().pk).status_code == 404


def test_responsible_organisation_sees_its_resolution_without_the_meeting(client):
    resolution = make_resolution("ZDH", meeting=make_meeting("DIHK", title_de="Kleine Runde", **HIDDEN))

    for user in (works_for("ZDH"), works_for("ZDH", "coordinator")):
        page = get(client, user, "resolution_detail", resolution.pk)
        assert page.status_code == 200
        assert "Kleine Runde" not in text_of(page)
    assert get(client, works_for("BDA"), "resolution_detail", resolution.pk).status_code == 404
    foreign = resolution.commitments.get()
    assert get(client, works_for("BDA"), "commitment_detail", foreign.pk).status_code == 404


def meeting_form(**changes):
    return {
        "title_de": "Steuerungskreis",
        "title_en": "",
        "day": "2030-05-06",
        "begins": "10:00",
        "ends": "12:00",
        "audience": "participants",
        "guests": "",
        "agenda": "TOP 1",
        "minutes": "",
        "place": "Berlin",
        "people": "",
    } | changes


def test_steward_keeps_a_meeting_with_its_participants(client):
    keeper, guest = steward(), works_for("ZDH")
    client.force_login(keeper)
    form = meeting_form(
        organisations=[Organisation.objects.get(code="DIHK").pk], people=f"{guest.email.upper()}\n"
    )

    client.post(url("meeting_create"), form)

    meeting = Meeting.objects.get(title_de="Steuerungskreis")
    assert [each.code for each in meeting.organisations.all()] == ["DIHK"]
    assert list(meeting.people.all()) == [guest]
    changed = client.post(
        url("meeting_change", meeting.pk), form | {"minutes": "So war es.", "seen": meeting.sequence}
    )
    assert changed.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.sequence) == ("So war es.", 1)


def test_whoever_took_part_stays_named_after_their_account_is_closed(client):
    left, foreign = works_for("ZDH"), works_for("DIHK")
    meeting = make_meeting(people=(left,))
    User.objects.filter(pk__in=[left.pk, foreign.pk]).update(is_active=False)
    client.force_login(steward())

    def saved(*people):
        form = meeting_form(seen=meeting.sequence, people="\n".join(each.email for each in people))
        return client.post(url("meeting_change", meeting.pk), form).status_code

    assert (saved(left, foreign), saved(left)) == (422, 302)
    assert list(meeting.people.all()) == [left]


def test_people_are_looked_up_at_once_however_their_addresses_are_written():
    people = [UserFactory(email=f"Grete.Gast{number}@Example.org") for number in range(3)]

    with exactly_queries(1):
        found = PeopleField().clean("\n".join(each.email.upper() for each in people))

    assert found == people


def test_another_list_of_participants_counts_as_a_change(client):
    meeting = make_meeting("DIHK")
    client.force_login(steward())

    client.post(url("meeting_change", meeting.pk), meeting_form(seen=0, title_de=meeting.title_de))

    meeting.refresh_from_db()
    assert not meeting.organisations.exists()
    assert meeting.sequence == 2


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client):
    meeting = make_meeting()
    client.force_login(steward())
    Meeting.objects.filter(pk=meeting.pk).update(minutes="Von jemand anderem.")

    answer = client.post(url("meeting_change", meeting.pk), meeting_form(seen=0, minutes="Von mir."))

    assert answer.status_code == 409
    assert str(MeetingChangedMeanwhileError.message) in text_of(answer)
    assert "Von mir." in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes == "Von jemand anderem."
    again = meeting_form(seen=answer.context["form"]["seen"].value(), minutes="Von uns beiden.")
    assert client.post(url("meeting_change", meeting.pk), again).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "09:00"}, "__all__"),
        ({"begins": "", "ends": "12:00"}, "__all__"),
        ({"people": "niemand@example.org"}, "people"),
        ({"people": "kein at"}, "people"),
        ({"day": "gestern"}, "day"),
        ({"day": "9999-12-31"}, "day"),  # no calendar program can be told of the day after
        ({"day": "0001-01-01"}, "day"),
        ({"title_de": " "}, "title_de"),
    ],
)
def test_bad_input_is_explained_and_kept(client, changes, field):
    client.force_login(steward())

    answer = client.post(url("meeting_create"), meeting_form(**changes))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Steuerungskreis" in answer.content.decode() or field == "title_de"
    assert not Meeting.objects.filter(code=None).exists()


def test_database_refuses_an_end_before_the_beginning():
    with pytest.raises(IntegrityError, match="meeting_ends_after_it_begins"), transaction.atomic():
        make_meeting(begins="10:00", ends="10:00")


def resolution_form(*codes, **changes):
    responsible = list(Organisation.objects.filter(code__in=codes).values_list("pk", flat=True))
    return {"title_de": "Plätze melden", "due_on": "2030-09-30", "responsible": responsible} | changes


def test_steward_keeps_a_resolution_with_commitments_and_links(client):
    meeting, measure = make_meeting(), Measure.objects.first()
    client.force_login(steward())

    client.post(url("resolution_create", meeting.pk), resolution_form("DIHK", "ZDH", measures=[measure.pk]))

    resolution = Resolution.objects.get(meeting=meeting)
    assert [each.organisation.code for each in resolution.commitments.all()] == ["DIHK", "ZDH"]
    assert list(resolution.measures.all()) == [measure]
    client.post(url("resolution_change", resolution.pk), resolution_form("DIHK", seen=resolution.sequence))
    assert [each.organisation.code for each in resolution.commitments.all()] == ["DIHK"]


def test_organisation_that_has_reported_stays_responsible(client):
    commitment = make_commitment("DIHK")
    reported(commitment, works_for("DIHK"))
    client.force_login(steward())

    answer = client.post(url("resolution_change", commitment.resolution_id), resolution_form("ZDH", seen=0))

    assert answer.status_code == 422
    assert "responsible" in answer.context["form"].errors
    assert [each.organisation.code for each in commitment.resolution.commitments.all()] == ["DIHK"]
    commitment.resolution.refresh_from_db()
    assert commitment.resolution.title_de == "Mehr Praktikumsplätze"


def test_organisation_reports_and_the_steward_decides_on_their_pages(client):
    commitment = make_commitment()
    client.force_login(works_for("DIHK"))
    page = url("commitment_detail", commitment.pk)

    assert client.post(url("commitment_report", commitment.pk), {"state": "kept"}).status_code == 422
    sent = {"state": "kept", "text": "500 Plätze.", "evidence": "https://example.org/bilanz"}
    shown = client.post(url("commitment_report", commitment.pk), sent, follow=True)
    assert "500 Plätze." in text_of(shown)
    assert 'href="https://example.org/bilanz"' in shown.content.decode()
    assert client.post(url("commitment_decide", commitment.pk), sent).status_code == 403

    client.force_login(steward())
    seen = client.get(page).context["commitment"].newest_report
    late = client.post(url("commitment_decide", commitment.pk), {"state": "kept", "reason": "Belegt."})
    assert late.status_code == 409
    decision = {"state": "kept", "reason": "Belegt.", "seen": seen}
    client.post(url("commitment_decide", commitment.pk), decision)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.state_report_id) == ("kept", seen)
    assert client.post(url("commitment_report", commitment.pk), sent).status_code == 403


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_resolutions_are_narrowed_by_the_address_and_downloaded_as_shown(client):
    measure = Measure.objects.first()
    late = make_resolution("DIHK", title_de="=1+1 spät", due_on="2020-01-01")
    late.measures.add(measure)
    kept = make_resolution("ZDH", title_de="Eingehalten")
    decided(kept.commitments.get(), steward(), reason="=Belegt")
    client.force_login(steward())

    def titles(**asked):
        page = client.get(url("resolution_list"), asked)
        return {each.title for each in page.context["page"] if each.code is None}

    assert titles() == {"=1+1 spät", "Eingehalten"}
    assert titles(state="kept") == {"Eingehalten"}
    assert titles(organisation="DIHK") == {"=1+1 spät"}
    assert titles(measure=measure.code) == {"=1+1 spät"}
    assert titles(overdue="on") == {"=1+1 spät"}
    assert titles(q="gehalten") == {"Eingehalten"}
    assert titles(state="nonsense", organisation="XX") == {"=1+1 spät", "Eingehalten"}
    [row] = rows_of(client.get(url("resolution_csv"), {"q": "spät"}))
    assert (row["resolution"], row["organisation"], row["commitment_state"]) == ("'=1+1 spät", "DIHK", "open")
    [row] = rows_of(client.get(url("resolution_csv"), {"state": "kept", "q": "Eingehalten"}))
    assert row["reason"] == "'=Belegt"


def test_day_of_a_decision_in_the_file_is_that_of_the_portals_clock():
    made = make_commitment()
    decided(made, steward())
    resolution = with_commitments(Resolution.objects.with_state()).get(pk=made.resolution_id)
    [commitment] = resolution.commitments.all()
    commitment.state_at = dt.datetime(2030, 6, 30, 22, 30, tzinfo=dt.UTC)

    [line] = csv_lines([resolution])

    assert line[-1] == "2030-07-01"


def test_organisation_page_shows_what_it_still_has_to_do_to_those_who_may_know(client):
    commitment = make_commitment("DIHK", meeting=make_meeting("DIHK", **HIDDEN), title_de="Nur unter uns")
    page = reverse("partners:organisation_detail", args=["DIHK"])

    def shown(user):
        client.force_login(user)
        return "Nur unter uns" in text_of(client.get(page))

    assert shown(works_for("DIHK"))
    assert shown(steward())
    assert not shown(works_for("ZDH"))
    decided(commitment, steward())
    assert not shown(works_for("DIHK"))
