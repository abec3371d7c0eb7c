"""One thing of each kind for those who may and one for those who may not, and people of every role."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from measures.models import ImportProfile, ImportRun, PlausibilityCheck, SupplierAlias
from partners.enums import Role
from partners.models import FactorReset, Invitation, Membership, Organisation, User
from tests.factories import MembershipFactory, UserFactory
from tests.list_pages import another_report, released, report_of, stated
from tests.measures.checking import JUMP, explained, jumping, waived
from tests.measures.imports.undoing import step_of
from tests.measures.meetings.making import make_commitment, make_meeting
from tests.measures.reviewing import approved_at_once, commented, marked
from tests.measures.spreadsheets import PLACES, bring_in, row, stage, workbook
from tests.measures.submissions import YEAR, item_of, make_submission, move, put
from tests.reporting.narratives import asked
from tests.reporting.public.making import publish

OWN, FOREIGN = "IHK-142", "HWK-00032"
FIXED: dict[str, dict[str, dict[str, Any]]] = {
    "-": {},
    "view": {
        "reporting:view": {"code": "reported"},
        "reporting:saved_view_create": {"code": "reported"},
    },
    "quantity": {"reporting:market_quantity": {"quantity": "eanr", "year": 2016}},
    "text": {"partners:page_text_change": {"page": "imprint", "language": "de"}},
    "measure": {"measures:measure_detail": {"code": "M06"}},
    "round": {
        "measures:round_detail": {"year": YEAR},
        "measures:round_change": {"year": YEAR},
        "measures:round_close": {"year": YEAR},
    },
    "closed round": {"measures:round_reopen": {"year": 2018}},
    "check": {
        f"measures:check_{name}": {"code": "no_jump_from_last_year"}
        for name in ("detail", "change", "trial", "activate", "end", "waive")
    },
    "unknown": {
        "partners:invitation_open": {"token": "unknown"},
        "measures:calendar_file": {"language": "de", "token": "unknown"},
        "partners:notice_unsubscribe": {"token": "unknown"},
        "partners:notice_open": {"pk": 0},
        "partners:bounce_forget": {"pk": 0},
        "partners:session_end": {"pk": 0},
        "reporting:saved_view_change": {"pk": 0},
        "reporting:saved_view_delete": {"pk": 0},
        "reporting:schedule_stop": {"pk": 0},
        "reporting:preview": {"token": "unknown"},
        "reporting:preview_read": {"token": "unknown"},
        "reporting:preview_document": {"token": "unknown", "language": "de", "document_format": "pdf"},
        "public:subscription_confirm": {"token": "unknown"},
        "public:subscription_end": {"token": "unknown"},
        "partners:list_transfer": {"pk": 0},
        "partners:list_transfer_file": {"pk": 0},
        "partners:list_transfer_confirm": {"pk": 0},
        "partners:list_transfer_discard": {"pk": 0},
        "mfa_edit_webauthn": {"pk": 0},
        "openid_connect_login": {"provider_id": "none"},
        "openid_connect_callback": {"provider_id": "none"},
        "mfa_remove_webauthn": {"pk": 0},
        "account_reset_password_from_key": {"uidb36": "x1", "key": "y"},
    },
}
"""What addresses need that is nobody's, by the name of the thing and the route."""
PARTS = {
    "measures:import_undo": "step",
    "measures:import_explain": "cause",
    "measures:import_row": "row",
}
"""The part of an import that a route is about."""

IN_A_LANGUAGE = ("reporting:narrative_write", "reporting:narrative_decide")


def make_people() -> dict[str, User | AnonymousUser]:
    """The roles of the table. The contributor is of the chamber, the coordinator of its umbrella."""
    left = MembershipFactory(organisation_code=OWN).user
    Membership.objects.filter(user=left).update(valid_from="2020-01-01", valid_until="2020-12-31")
    return {
        "anonymous": AnonymousUser(),
        "contributor": MembershipFactory(role=Role.CONTRIBUTOR, organisation_code=OWN).user,
        "coordinator": MembershipFactory(role=Role.COORDINATOR, organisation_code="DIHK").user,
        "reviewer": MembershipFactory(role=Role.REVIEWER, organisation_code="BMAS").user,
        "steward": MembershipFactory(role=Role.DATA_STEWARD, organisation_code="BMAS").user,
        "auditor": MembershipFactory(role=Role.AUDITOR, organisation_code="BMAS").user,
        "superuser": UserFactory(is_superuser=True, is_staff=True),
        "left": left,
    }


@dataclass
class Things:
    """The objects of one organisation, by the names that addresses give their parts."""

    organisation: Organisation
    submissions: dict[str, int] = field(default_factory=dict)
    imports: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_things(code: str) -> Things:
    """Submissions in three states, imports waiting and applied, and what is confirmed of files."""
    organisation = Organisation.objects.get(code=code)
    sender = MembershipFactory(organisation_code=code).user
    things = Things(organisation)
    item = item_of(make_submission(code, year=YEAR - 1))
    put(item, 40, region=organisation.region_id)
    draft = make_submission(code)
    submitted = move(make_submission(code, year=YEAR + 1), "submitted")
    approved = move(make_submission(code, year=YEAR + 2), "submitted", "approved")
    things.submissions = {"draft": draft.pk, "submitted": submitted.pk, "approved": approved.pk}
    name = organisation.short_name
    rows = [row(900, organisation=name), row("viele", organisation=name, indicator=PLACES)]
    waiting = stage(workbook(rows), sender)
    applied = bring_in(workbook([row(7, organisation=name)]), sender)
    ImportRun.objects.filter(pk__in=[waiting.pk, applied.pk]).update(supplier=organisation)
    query = waiting.causes.filter(code="no_jump_from_last_year").first()
    held = waiting.staged.filter(verdict="held").first()
    assert query is not None
    assert held is not None
    things.imports = {
        "waiting": {"pk": waiting.pk, "cause": query.pk, "row": held.pk},
        "applied": {"pk": applied.pk, "step": step_of(applied).pk},
    }
    profile = ImportProfile.objects.create(
        supplier=organisation, fingerprint=code, label="Meldung", answers={"table": {}}, confirmed_by=sender
    )
    alias = SupplierAlias.objects.create(
        supplier=organisation, kind="organisation", found="Dom", code=code, confirmed_by=sender
    )
    invitation = Invitation.objects.create(
        email=f"{code}@example.org",
        organisation=organisation,
        role=Role.CONTRIBUTOR,
        token_hash=code,
        invited_by=sender,
    )
    reset = FactorReset.objects.create(
        person=sender, reason="phone lost", identity_check="called back", requested_by=UserFactory()
    )
    returned = make_submission(code, year=YEAR + 3)
    mark = marked(returned)
    comment = commented(draft)
    batch = approved_at_once(
        [move(make_submission(code, year=YEAR + 4), "submitted")],
        MembershipFactory(role="reviewer", organisation_code="BMAS").user,
    )
    commitment = make_commitment(code, meeting=make_meeting(code, audience="participants"))
    waiver = waived(PlausibilityCheck.objects.get(code=JUMP), UserFactory(), code)
    judged = jumping(code, year=YEAR + 7)
    explanation = explained(judged, sender)
    move(judged, "submitted")
    text = asked(code)
    things.others = {
        "text": {"pk": text.pk},
        "meeting": {"pk": commitment.resolution.meeting_id},
        "resolution": {"pk": commitment.resolution_id},
        "commitment": {"pk": commitment.pk},
        "waiver": {"pk": waiver.pk},
        "explanation": {"pk": judged.pk, "explanation": explanation.pk},
        "reset": {"pk": reset.pk},
        "mark": {"pk": returned.pk, "mark": mark.pk},
        "item": {"pk": draft.pk, "item_pk": item_of(draft).pk},
        "comment": {"pk": draft.pk, "attachment": comment.attachments.get().pk},
        "batch": {"pk": batch.pk},
        "profile": {"pk": profile.pk},
        "alias": {"pk": alias.pk},
        "invitation": {"pk": invitation.pk},
        "person": {"code": code, "person": sender.pk},
        "viewed": {"pk": sender.pk},
        "cell": {
            "pk": item.submission_id,
            "item": item.pk,
            "region": organisation.region_id,
            "occupation": "_T",
            "group": "_T",
        },
    }
    return things


class World:
    """Everybody and everything, made once for all rows of the table."""

    def __init__(self) -> None:
        self.people = make_people()
        self.things = {"own": make_things(OWN), "foreign": make_things(FOREIGN)}
        stated(1, 2015)
        self.ready_report = report_of(1, UserFactory())
        self.report = released(another_report(self.ready_report))
        self.release = publish()

    def address(self, route: str, thing: str) -> str:
        """``thing``: "own draft" is the draft of the chamber, "foreign import" somebody else's; "-": none."""
        if route == "measures:import_own_workbook":
            return f"{reverse(route)}?submission={self.things['own'].submissions['draft']}"
        address = reverse(route, kwargs=self._arguments(route, thing))
        return f"{address}?jahr=2015" if route.startswith("reporting:attainment") else address

    def _arguments(self, route: str, thing: str) -> dict[str, Any]:
        whose, _space, what = thing.partition(" ")
        if thing in FIXED:
            return FIXED[thing].get(route, {})
        if what == "report" or thing == "report":
            report = self.ready_report if whose == "ready" else self.report
            return {"pk": report.pk} | {
                "reporting:document": {"language": "de", "document_format": "html"},
                "reporting:document_repeat": {
                    "production": report.productions.get(language="de", format="html").pk
                },
                "reporting:preview_revoke": {"preview": 0},
                "reporting:report_trail": {"indicator": "additional_places", "year": 2016},
            }.get(route, {})
        if thing == "release":
            return self._of_release(route)
        things = self.things[whose]
        if what in things.imports:
            known = things.imports[what]
            part = PARTS.get(route)
            return {"pk": known["pk"]} | ({part: known[part]} if part else {})
        total = {"indicator": "additional_places", "year": 2016}
        fitting = {
            **{name: {"pk": pk} for name, pk in things.submissions.items()},
            **things.others,
            "organisation": {"code": things.organisation.code},
            "object": {"object_id": str(things.organisation.pk)},
            "indicator": total,
            "figure": {**total, "organisation": things.organisation.code},
        }
        in_language = {"language": "de"} if route in IN_A_LANGUAGE else {}
        return fitting[what] | in_language

    def _of_release(self, route: str) -> dict[str, Any]:
        """What addresses of the public site name."""
        release = self.release
        edition = {"report_type": release.report_type, "scope": release.scope, "year": release.year}
        indicator = {"indicator": "additional_places"}
        figure = indicator | {"snapshot": release.snapshot.sha256[:16], "year": release.year}
        of_release = edition | {"release": release.release}
        return {
            "public:report_latest": edition,
            "public:report": of_release,
            "public:manifest": of_release,
            "public:signature": of_release,
            "public:document": of_release | {"name": release.documents.get(language="de").file_name},
            "public:figure": figure,
            "public:figure_of_part": figure | {"by": "region", "code": "05"},
            "public:figure_of_two_parts": figure
            | {"by": "region", "code": "05", "also_by": "group", "also_code": "W"},
            "public:data_set": indicator,
            "public:data_csv": indicator | {"name": "additional_places"},
        }[route]
