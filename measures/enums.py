from enum import nonmember

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

TOTAL = "_T"
"""The code for "insgesamt" in occupation and target group, as in SDMX."""

UNASSIGNED = "_U"
"""The code for "ohne Zuordnung" in occupation and region."""


class Absence(models.TextChoices):
    """Why a row that was reported has no value."""

    UNKNOWN = "unknown", _("unknown")
    CONFIDENTIAL = "confidential", _("confidential")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    PENDING = "pending", _("follows later")


class Quality(models.TextChoices):
    FINAL = "final", _("final")
    PRELIMINARY = "preliminary", _("preliminary")
    ESTIMATE = "estimate", _("estimate")
    REVISED = "revised", _("revised")
    EXAMPLE = "example", _("example value")


class Severity(models.TextChoices):
    """An error must be corrected, a query corrected or explained, a note is for information."""

    ERROR = "error", _("Error")
    QUERY = "query", _("Query")
    NOTE = "note", _("Note")

    @property
    def rank(self) -> int:
        """Errors come first, then queries, then notes."""
        return list(Severity).index(self)


class CheckKind(models.TextChoices):
    """What a plausibility check compares."""

    RANGE = "range", _("Range of values")
    WHOLE_NUMBERS = "whole_numbers", _("Whole numbers")
    PART_OF_TOTAL = "part_of_total", _("Target group within the total")
    SUM_OF_PARTS = "sum_of_parts", _("Sum of the occupations")
    FORMULA = "formula", _("Formula over several indicators")
    CHANGE = "change", _("Change against last year")
    HISTORY = "history", _("Outlier against the organisation's own history")
    PEERS = "peers", _("Outlier against organisations of the same kind")
    MEMBERS_SUM = "members_sum", _("Stated total against the sum of the members")
    EXCLUSIVE = "exclusive", _("Indicators that exclude each other")
    COMPULSORY = "compulsory", _("Indicators that go together")
    MISSING = "missing", _("Missing values")


class CheckStatus(models.TextChoices):
    """A draft is tried and counts for nobody; what has ended counts for the years up to its last."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class TargetGroupKind(models.TextChoices):
    TOTAL = "total", _("Total")
    COMPANIES = "companies", _("Companies")
    YOUNG_PEOPLE = "young_people", _("Young people")


class MeasureKind(models.TextChoices):
    LEGISLATIVE = "legislative", _("Legislation")
    FINANCIAL = "financial", _("Funding")
    PROMOTIONAL = "promotional", _("Promotion")
    ADVISORY = "advisory", _("Advice")
    TRAINING_OFFER = "training_offer", _("Training offer")


class ContributionRole(models.TextChoices):
    LEAD = "lead", _("Lead")
    WITH = "with", _("Together with")
    BY = "by", _("Carried out by")


class IndicatorType(models.TextChoices):
    FLOW = "flow", _("Flow over the period")
    STOCK = "stock", _("Stock at the reference date")


class PeriodKind(models.TextChoices):
    CALENDAR_YEAR = "calendar_year", _("Calendar year")
    MARKET_YEAR = "market_year", _("Reporting year, 1 October to 30 September")
    REFERENCE_30SEP = "reference_30sep", _("On 30 September")
    REFERENCE_31DEC = "reference_31dec", _("On 31 December")
    AFTER_30SEP = "after_30sep", _("After 30 September, until mid January")
    SCHOOL_YEAR = "school_year", _("School year")

    def of_year(self, year: int) -> str:
        """The period or day that carries this year, in words."""
        words = {
            self.CALENDAR_YEAR: gettext("calendar year %(year)s"),
            self.MARKET_YEAR: gettext("1 October %(before)s to 30 September %(year)s"),
            self.REFERENCE_30SEP: gettext("as of 30 September %(year)s"),
            self.REFERENCE_31DEC: gettext("as of 31 December %(year)s"),
            self.AFTER_30SEP: gettext("1 October %(year)s to mid-January %(after)s"),
            self.SCHOOL_YEAR: gettext("school year %(before)s/%(year)s"),
        }
        return words[self] % {"year": year, "before": year - 1, "after": year + 1}

    def counted(self, indicator_type: str) -> str:
        """Name what is counted and when in one phrase, where the two make one."""
        phrase = _COUNTED.get((IndicatorType(indicator_type), self))
        return str(phrase) if phrase else f"{IndicatorType(indicator_type).label}; {self.label}"


_COUNTED = {
    (IndicatorType.FLOW, PeriodKind.CALENDAR_YEAR): _("Flow over the calendar year"),
    (IndicatorType.FLOW, PeriodKind.MARKET_YEAR): _(
        "Flow over the reporting year, 1 October to 30 September"
    ),
    (IndicatorType.FLOW, PeriodKind.AFTER_30SEP): _("Flow after 30 September, until mid-January"),
    (IndicatorType.FLOW, PeriodKind.SCHOOL_YEAR): _("Flow over the school year"),
    (IndicatorType.STOCK, PeriodKind.REFERENCE_30SEP): _("Stock on 30 September"),
    (IndicatorType.STOCK, PeriodKind.REFERENCE_31DEC): _("Stock on 31 December"),
    (IndicatorType.STOCK, PeriodKind.SCHOOL_YEAR): _("Stock in the school year"),
}


class SumsOver(models.TextChoices):
    ORGANISATIONS = "organisations", _("Organisations")
    YEARS = "years", _("Years")


class Breakdown(models.TextChoices):
    OCCUPATION = "occupation", _("Occupation")
    TARGET_GROUP = "target_group", _("Target group")
    FUNDING_SOURCE = "funding_source", _("Funding source")


class Unit(models.TextChoices):
    PLACES = "places", _("places")
    PERSONS = "persons", _("persons")
    MENTORS = "mentors", _("mentors")
    COMPANIES = "companies", _("companies")
    CONSULTATIONS = "consultations", _("consultations")
    CONTRACTS = "contracts", _("contracts")
    OFFERS = "offers", _("offers")
    NETWORKS = "networks", _("networks")
    EVENTS = "events", _("events")
    LAENDER = "laender", _("Länder")
    EUR = "EUR", _("euros")


class Favourable(models.TextChoices):
    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class LessonKind(models.TextChoices):
    LESSON = "lesson", _("Lesson learnt")
    SUCCESS = "success", _("Success factor")


class Origin(models.TextChoices):
    """The way a figure came in."""

    FORM = "form", _("Form")
    IMPORT = "import", _("Spreadsheet")
    API = "api", _("Interface")
    SYSTEM = "system", _("System")

    by_people = nonmember(("form", "api"))


class TotalBasis(models.TextChoices):
    STATED = "stated", _("stated")
    DERIVED = "derived", _("sum of the occupations")
    AT_LEAST = "at_least", _("at least")


class ImportStage(models.TextChoices):
    """What a worker is doing with an import; not stored."""

    WAITING = "waiting", _("Waiting for its turn")
    WAITING_FOR_SCANNER = "waiting_for_scanner", _("Waiting until the file can be checked for malware")
    SCANNING = "scanning", _("Checking the file for malware")
    OPENING = "opening", _("Opening the file")
    READING = "reading", _("Reading the rows")
    STAGING = "staging", _("Preparing the preview")
    COMPARING = "comparing", _("Comparing with what is stored")
    CHECKING = "checking", _("Comparing once more with what is stored")
    WRITING = "writing", _("Writing the figures")
    UNDOING = "undoing", _("Taking the figures back")


class Verdict(models.TextChoices):
    """What applying a staged row would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    HELD = "held", _("With errors – not applied")

    written = nonmember(("new", "changed"))


class ImportStepKind(models.TextChoices):
    """One writing of figures from a file, or its reversal."""

    APPLY = "apply", _("Applied")
    UNDO = "undo", _("Undone")


class AliasKind(models.TextChoices):
    """What a text in a supplier's files may stand for."""

    ORGANISATION = "organisation", _("Organisation")
    REGION = "region", _("Land")
    INDICATOR = "indicator", _("Indicator")
    TARGET_GROUP = "target_group", _("Target group")
    OCCUPATION = "occupation", _("Occupation")
    MARKER = "marker", _("Sign")


class RoundAction(models.TextChoices):
    """What was done to a reporting round, or to the window of one of its submissions."""

    OPENED = "opened", _("Opened")
    CHANGED = "changed", _("Changed")
    CLOSED = "closed", _("Closed early")
    REOPENED = "reopened", _("Reopened")
    EXTENDED = "extended", _("Extended for one organisation")
    WITHDRAWN = "withdrawn", _("Extension withdrawn")

    # Not a choice: those that somebody has to explain.
    needing_reason = nonmember(("closed", "reopened", "extended", "withdrawn"))


class ReminderKind(models.TextChoices):
    """What people are reminded of, and by whom."""

    OPENED = "opened", _("The round is open")
    PLANNED = "planned", _("By the plan of the round")
    PERSONAL = "personal", _("By a person")
    REVIEW = "review", _("Of what waits in review")


class ControlScope(models.TextChoices):
    """Over what a control total of a spreadsheet adds up."""

    ORGANISATIONS = "organisations", _("Organisations")
    REGIONS = "regions", _("Regions")


class Side(models.TextChoices):
    """For whom somebody writes in the discussion of a submission."""

    PARTNER = "partner", _("for the organisation")
    UMBRELLA = "umbrella", _("for the umbrella")
    REVIEW = "review", _("for the review")
    DATA = "data", _("for the data management")


class AttachmentKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"


class BatchOutcome(models.TextChoices):
    """What became of one submission of steps that were taken at once."""

    PENDING = "pending", _("not decided yet")
    DONE = "done", _("done")
    MOVED_ON = "moved_on", _("has moved on in the meantime")
    CHANGED = "changed", _("has changed since it was chosen")
    OWN = "own", _("for others to decide")
    HELD = "held", _("held by the checks")


class Audience(models.TextChoices):
    """Who sees a meeting with its agenda, minutes and resolutions."""

    PARTNERS = "partners", _("All partner organisations")
    PARTICIPANTS = "participants", _("Those who take part")


class CommitmentState(models.TextChoices):
    """How far an organisation is with what it is responsible for by a resolution."""

    OPEN = "open", pgettext_lazy("of a commitment", "Open")
    IN_WORK = "in_work", pgettext_lazy("of a commitment", "In progress")
    KEPT = "kept", pgettext_lazy("of a commitment", "Kept")
    NOT_KEPT = "not_kept", pgettext_lazy("of a commitment", "Not kept")
    DROPPED = "dropped", pgettext_lazy("of a commitment", "Dropped")

    # Not choices: those that somebody still has to work on; what an organisation can report of its own.
    unfinished = nonmember(("open", "in_work"))
    reportable = nonmember(("in_work", "kept", "not_kept"))
