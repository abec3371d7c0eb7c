"""The search of the history over all but figures, steps, rounds and security events."""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pghistory
import pgtrigger
import pytest
from django.db import connection
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from measures.enums import ReminderKind
from measures.models import (
    Indicator,
    IndicatorAlias,
    Measure,
    Objective,
    Reminder,
    RoundIndicator,
    Target,
    TargetGroup,
)
from measures.selectors.history.entries import HistoryEntry, HistorySearch
from measures.selectors.history.search import ExportedEntries, history_page
from measures.services.checks import activate_check, end_waiver
from measures.services.explanations import judge_explanation
from measures.services.notices.commitments import write_commitment_reminders
from partners.enums import Role
from partners.models import Affiliation, Mandate, Membership, Organisation, OrganisationAlias, User
from partners.services.invitations import accept, invite, revoke
from partners.services.notices.writing import set_preferences
from partners.services.roles import confirm_role
from reporting.models import ProgressReport
from tests.factories import MembershipFactory, UserFactory
from tests.measures.checking import explained, jumping, make_check, waived
from tests.measures.meetings.making import decided, make_commitment, reported, steward, works_for
from tests.measures.reviewing import commented
from tests.measures.submissions import YEAR, make_submission, move, round_of

pytestmark = pytest.mark.django_db

PAGE, FILE = reverse("measures:history_search"), reverse("measures:history_export")
COLOGNE = "IHK-142"


@pytest.fixture
def auditor(sign_in) -> User:
    return sign_in("auditor", "BMAS")


def found(client, **asked: str) -> list[HistoryEntry]:
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    return page.context["entries"]


def in_words(entries: list[HistoryEntry]) -> set[tuple[str, User | None, str]]:
    return {(str(entry.what), entry.by, entry.reason) for entry in entries}


def test_checks_and_waivers_are_found_with_who_and_why(client, auditor):
    person = UserFactory()
    check = make_check(status="draft", text_de="Höchstens 50", text_en="At most 50")
    activate_check(check_id=check.pk, actor=person, reason="Erprobt")
    end_waiver(waiver_id=waived(check, person, COLOGNE).pk, actor=person, reason="Umgestellt")

    changed = found(client, event="checks:update")
    waivers = found(client, kind="checks", organisation=COLOGNE)

    assert in_words(changed) == {("Prüfregel geändert", person, "Erprobt")}
    assert changed[0].title == "Höchstens 50"
    assert in_words(waivers) == {
        ("Ausnahme beendet", person, "Umgestellt"),
        ("Ausnahme zugelassen", person, "Umstellung der Zählung"),
    }
    assert len(found(client, kind="checks", person=person.email)) == 3
    assert "Höchstens 50" in client.get(PAGE, {"kind": "checks"}).content.decode()


def test_explanations_are_found_with_who_judged_them(client, auditor):
    clerk, reviewer = UserFactory(), UserFactory()
    submission = jumping()
    explanation = explained(submission, clerk)
    move(submission, "submitted")
    judge_explanation(
        explanation_id=explanation.pk,
        submission_id=submission.pk,
        actor=reviewer,
        is_accepted=False,
        refusal="Belegen Sie es",
        seen_at=explanation.explained_at,
    )

    refused, given = found(client, kind="checks", organisation=COLOGNE)

    assert in_words([refused, given]) == {
        ("Erläuterung abgelehnt", reviewer, "Belegen Sie es"),
        ("Rückfrage erläutert", clerk, ""),
    }
    assert (refused.about, refused.remark, refused.year) == (clerk, "Neues Programm", YEAR)
    assert refused.title
    assert found(client, event="checks:refused") == [refused]
    assert client.get(refused.address).status_code == 200


def test_commitments_are_found_with_reports_and_decisions(client, auditor):
    commitment, clerk, decider = make_commitment(), works_for("DIHK"), steward()
    decided(commitment, decider, seen=reported(commitment, clerk))

    entries = found(client, kind="commitments", organisation="DIHK")

    assert in_words(entries) >= {
        ("Über eine Zusage entschieden", decider, "Belegt."),
        ("Über eine Zusage berichtet", clerk, "Erledigt."),
    }
    assert {entry.title for entry in entries if entry.by} == {commitment.resolution.title}
    assert found(client, kind="commitments", organisation=COLOGNE) == []


def test_comments_and_reminders_are_found(client, auditor):
    submission, person = make_submission(COLOGNE), steward()
    comment = commented(submission)
    Reminder.objects.create(
        round=submission.round,
        submission=submission,
        kind=ReminderKind.PERSONAL,
        due_on=submission.due_on,
        day=timezone.localdate(),
        actor=person,
        text="Bitte melden",
        recipient_count=1,
        recipients=[auditor.pk],
    )
    Reminder.objects.create(
        round=submission.round,
        submission=submission,
        kind=ReminderKind.OPENED,
        due_on=submission.due_on,
        day=timezone.localdate(),
        recipient_count=0,
    )

    (reminder,) = found(client, kind="reminders", organisation=COLOGNE)
    (written,) = found(client, kind="discussion", organisation=COLOGNE)

    assert (reminder.by, reminder.remark) == (person, f"1 Empfänger ({auditor}). Bitte melden")
    assert found(client, kind="reminders", person=auditor.email) == [reminder]
    assert (written.by, written.remark, written.where_from) == (comment.author, comment.text, "beleg.pdf")
    assert found(client, event="reminders:planned") == []
    assert written in found(client, person=comment.author.email)


def test_what_is_gone_stays_in_the_history(client, auditor):
    commitment = make_commitment(due_on=timezone.localdate())
    works_for("DIHK")
    write_commitment_reminders()
    resolution = commitment.resolution
    (before,) = found(client, kind="reminders", organisation="DIHK")
    commitment.delete()
    cologne = Organisation.objects.get(code=COLOGNE)
    chamber = Organisation.objects.create(
        code="TST-1", name_de="Test", short_name="Test", kind=cologne.kind, region=cologne.region
    )
    Affiliation.objects.create(member=chamber, umbrella=Organisation.objects.get(code="DIHK"))
    number = chamber.pk
    chamber.delete()
    target = Target.objects.select_related("indicator").first()
    indicator = target.indicator
    indicator.pk, indicator.code, target.pk = None, "gone", None
    indicator.save()
    target.indicator = indicator
    target.save()
    target.delete()
    of_indicator = f"#{indicator.pk}"
    indicator.delete()
    giver = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    left = Organisation.objects.create(
        code="TST-2", name_de="Test", short_name="Test", kind=cologne.kind, region=cologne.region
    )
    sent, _token = invite(
        email="ada@example.org", organisation_id=left.pk, role=Role.CONTRIBUTOR, actor=giver
    )
    sent.delete()
    of_left = f"#{left.pk}"
    left.delete()

    (after,) = found(client, kind="reminders", organisation="DIHK")
    removed, added = (
        found(client, event="organisations:affiliation_delete")[:1]
        + found(client, event="organisations:affiliation_insert")[:1]
    )

    assert (before.title, before.organisation) == (after.title, after.organisation)
    assert after.title == resolution.title
    assert after.address == reverse("measures:meeting_detail", args=[resolution.meeting_id])
    assert {removed.organisation, added.organisation} == {f"#{number}"}
    assert found(client, event="catalogue:target_delete")[0].title == of_indicator
    assert [entry.organisation for entry in found(client, event="invitations:sent")] == [of_left]


def test_what_was_changed_of_meetings_and_resolutions_is_found_with_who(client, sign_in):
    person = sign_in("data_steward", "BMAS")
    commitment = make_commitment()
    meeting = commitment.resolution.meeting
    address = reverse("measures:meeting_change", args=[meeting.pk])
    known = {"day": meeting.day.isoformat(), "audience": meeting.audience, "seen": meeting.sequence}
    assert client.post(address, known | {"title_de": "Sondersitzung"}).status_code == 302

    changed, *_ = found(client, event="meetings:meeting_update")
    added = found(client, event="meetings:resolution_insert")
    got_part = found(client, event="commitments:insert", organisation="DIHK")

    assert (changed.by, changed.title) == (person, "Sondersitzung")
    assert "Titel (deutsch)" in changed.remark
    assert [entry.title for entry in added][:1] == [commitment.resolution.title]
    assert [entry.organisation for entry in got_part][:1] == ["DIHK"]


def test_declined_mails_are_found_when_they_were_switched_off_and_on(client, auditor):
    set_preferences(user=auditor, unwanted=["approved"], language="de")
    set_preferences(user=auditor, unwanted=[], language="de")

    on, off = found(client, kind="notices", person=auditor.email)

    assert [str(off.what), str(on.what)] == [
        "Mitteilungen per E-Mail abbestellt",
        "Mitteilungen per E-Mail wieder bestellt",
    ]
    assert (off.by, off.remark) == (auditor, "Eine Meldung ist freigegeben")


def test_confirmed_role_reads_as_such(client, auditor):
    giver = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    role = MembershipFactory(role="reviewer", organisation_code="BMAS", granted_by=giver)
    other = MembershipFactory(role="data_steward", organisation_code="BMAS").user
    assert Membership.objects.get(pk=role.pk).awaits_confirmation
    confirm_role(membership_id=role.pk, actor=other)

    (entry,) = found(client, event="security:role_changed", person=role.user.email)

    assert entry.remark.endswith("bestätigt")


def test_changes_of_organisations_and_of_the_catalogue_are_found(client, auditor):
    cologne = Organisation.objects.get(code=COLOGNE)
    with pghistory.context(user=auditor.pk, reason="Fusion"):
        cologne.seat = "Deutz"
        cologne.save()
        cologne.valid_until = dt.date(2040, 12, 31)
        cologne.save()
    target = Target.objects.first()
    Target.objects.filter(pk=target.pk).update(value=20_000)
    Target.objects.filter(pk=target.pk).update(value=Decimal("1234567.5"))
    Indicator.objects.filter(pk=target.indicator_id).update(breakdown=["occupation"], asked_of=["chamber"])
    Indicator.objects.filter(pk=target.indicator_id).update(breakdown=[])

    ended, changed, *_ = found(client, kind="organisations", organisation=COLOGNE)
    (raised, *_) = found(client, event="catalogue:target_update")
    (narrowed, asked, *_) = found(client, event="catalogue:indicator_update")

    assert in_words([ended, changed]) == {
        ("Organisation beendet", auditor, "Fusion"),
        ("Organisation geändert", auditor, "Fusion"),
    }
    assert "Sitz (Köln → Deutz)" in changed.remark
    assert "31.12.2040" in ended.remark
    assert found(client, event="organisations:organisation_end", organisation=COLOGNE) == [ended]
    assert ended not in found(client, event="organisations:organisation_update", organisation=COLOGNE)
    assert raised.title == target.indicator.name
    assert "Zielwert (20.000 → 1.234.567,5)" in raised.remark
    assert "unterteilt nach (Beruf → –)" in narrowed.remark
    assert "(chamber" not in asked.remark
    assert "gefragt sind (" in asked.remark


def test_first_change_of_what_was_there_before_its_versions_says_what_it_was(client, auditor):
    cologne, dihk = (Organisation.objects.get(code=code) for code in (COLOGNE, "DIHK"))
    known = found(client, kind="organisations")
    with pgtrigger.ignore("partners.Mandate:insert_insert"):
        mandate = Mandate.objects.create(
            agent=dihk, principal=cologne, valid_from=dt.date(2030, 1, 1), valid_until=dt.date(2030, 6, 30)
        )
    with connection.cursor() as cursor:
        cursor.execute(import_module("measures.migrations.0215_first_versions_of_rows_from_before").STATEMENT)
    assert found(client, kind="organisations") == known

    mandate.valid_until = dt.date(2030, 12, 31)
    mandate.save()

    (changed,) = found(client, event="organisations:mandate_update")
    assert "(30.06.2030 → 31.12.2030)" in changed.remark


def test_mandates_other_names_and_parts_of_lists_are_found_with_old_and_new(client, auditor):
    cologne, dihk = (Organisation.objects.get(code=code) for code in (COLOGNE, "DIHK"))
    measure, target = Measure.objects.first(), Target.objects.select_related("indicator").first()
    objective = Objective.objects.exclude(measures=measure).first()
    meeting = make_commitment().resolution.meeting
    group, other = TargetGroup.objects.exclude(code="_T")[:2]
    Indicator.objects.filter(pk=target.indicator_id).update(target_groups=[group.code, other.code])
    asked = RoundIndicator.objects.create(
        round=round_of(), indicator=target.indicator, asked_of=["chamber"], breakdown=[]
    )
    with pghistory.context(user=auditor.pk, reason="Neu geregelt"):
        mandate = Mandate.objects.create(agent=dihk, principal=cologne, valid_from=dt.date(2030, 1, 1))
        mandate.valid_until = dt.date(2030, 12, 31)
        mandate.save()
        OrganisationAlias.objects.create(organisation=cologne, name="Kammer zu Köln")
        IndicatorAlias.objects.create(indicator=target.indicator, name="Zusätzliches")
        measure.objectives.add(objective)
        measure.objectives.remove(objective)
        target.responsible.add(cologne)
        meeting.people.add(auditor)
        Indicator.objects.filter(pk=target.indicator_id).update(target_groups=[group.code])
        asked.asked_of = ["chamber", "agency"]
        asked.save()
        asked.delete()

    ended, given = found(client, kind="organisations", organisation="DIHK", person=auditor.email)
    of_cologne = found(client, kind="organisations", organisation=COLOGNE, person=auditor.email)
    removed, added = found(client, event="catalogue:measure_update", person=auditor.email)
    (responsible,) = found(client, event="catalogue:target_update", person=auditor.email)
    narrowed, other_name = found(client, event="catalogue:indicator_update", person=auditor.email)
    (takes_part,) = found(client, event="meetings:meeting_update", person=auditor.email)
    no_more, differently = found(client, kind="rounds", person=auditor.email)
    all_of_them = [*of_cologne, removed, added, responsible, narrowed, other_name, takes_part, no_more]

    assert {(entry.by, entry.reason) for entry in all_of_them} == {(auditor, "Neu geregelt")}
    assert (str(given.what), given.organisation, given.remark) == ("Mandat erteilt", "DIHK", "01.01.2030 – …")
    assert "(– → 31.12.2030)" in ended.remark
    assert (ended in of_cologne, given in of_cologne, len(of_cologne)) == (True, True, 3)
    assert "(– → Kammer zu Köln)" in of_cologne[0].remark
    assert (added.title, f"(– → {objective})" in added.remark) == (str(measure), True)
    assert f"({objective} → –)" in removed.remark
    assert escape(str(measure)) in client.get(PAGE, {"event": "catalogue:measure_update"}).content.decode()
    assert "verantwortlich (– → IHK Köln)" in responsible.remark
    assert "(– → Zusätzliches)" in other_name.remark
    assert f"({group}, {other} → {group})" in narrowed.remark
    assert f"(– → {auditor})" in takes_part.remark
    assert (takes_part.title, client.get(takes_part.address).status_code) == (str(meeting), 200)
    assert (differently.indicator, "chamber" in differently.remark) == (target.indicator.name, False)
    assert str(no_more.what) == "Kennzahl in einer Runde nicht mehr abgefragt"


def test_invitations_and_reports_are_found_with_who(client, auditor):
    giver, decider = MembershipFactory(role="data_steward", organisation_code="BMAS").user, UserFactory()
    chamber = Organisation.objects.get(code=COLOGNE)
    for address in ("ada@example.org", "eve@example.org"):
        invitation, token = invite(
            email=address, organisation_id=chamber.pk, role=Role.CONTRIBUTOR, actor=giver
        )
        if address.startswith("ada"):
            ada = accept(token=token, first_name="Ada", last_name="Lovelace", password="long enough 17")
    revoke(invitation_id=invitation.pk)
    ProgressReport.objects.create(year=YEAR, requested_by=decider, scope=COLOGNE)
    of_land = ProgressReport.objects.create(year=YEAR, requested_by=decider, scope="05")

    withdrawn, sent_to_eve, accepted, sent = found(client, kind="invitations", organisation=COLOGNE)
    (report,) = found(client, kind="reports", organisation=COLOGNE)
    (about_land,) = found(client, kind="reports", organisation="LAND-05")

    assert [str(each.what) for each in (sent, accepted, sent_to_eve, withdrawn)] == [
        "Einladung verschickt",
        "Einladung angenommen",
        "Einladung verschickt",
        "Einladung zurückgezogen",
    ]
    assert (sent.by, sent.title, accepted.by) == (giver, "ada@example.org", ada)
    assert accepted in found(client, event="invitations:accepted", person="lovelace")
    assert (str(report.what), report.by) == ("Bericht angefordert", decider)
    assert about_land.address.endswith(f"/{of_land.pk}/")


def test_pages_of_several_logs_follow_each_other_without_a_gap(auditor):
    began = User.objects.filter(pk=auditor.pk).annotate(began=Now()).get().began  # of this transaction
    person = UserFactory()
    check = make_check()
    for _ in range(3):
        waiver = waived(check, person, COLOGNE, given_at=timezone.now())
        end_waiver(waiver_id=waiver.pk, actor=person, reason="Umgestellt")
    commitment = make_commitment()
    decided(commitment, steward(), seen=reported(commitment, works_for("DIHK")))
    whole = list(ExportedEntries(HistorySearch(since=began)))

    pieces, after = [], None
    while True:
        page = history_page(HistorySearch(after=after, limit=2, since=began))
        pieces += page.entries
        if not page.more:
            break
        after = page.entries[-1].position

    assert [each.position for each in pieces] == [each.position for each in whole]
    assert len({each.position for each in whole}) == len(whole) >= 9


def test_file_has_them_in_both_languages(client, auditor):
    check = make_check(text_de="=Höchstens", text_en="=At most")
    waived(check, UserFactory(), given_at=timezone.now() - dt.timedelta(days=1))

    for language, words in (("de", "Ausnahme zugelassen"), ("en", "Waiver given")):
        client.cookies["django_language"] = language
        answer = client.get(FILE, {"kind": "checks"})
        text = b"".join(answer.streaming_content).decode()
        assert words in text
        assert "'=" in text
