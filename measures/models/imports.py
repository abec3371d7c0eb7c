"""Spreadsheets as they were sent, what the portal read in them and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from measures.enums import Absence, Quality, Severity, Verdict
from measures.import_workflow import IMPORT_TONES, ImportAction, ImportStatus, is_possible
from measures.querysets import ImportRunQuerySet
from partners.models import Organisation


class SourceFile(models.Model):
    """A file as sent, kept once per content under its SHA-256."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content = models.FileField(_("content"), upload_to="imports/")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-uploaded_at"]
        constraints = [models.UniqueConstraint(fields=["sha256"], name="source_file_unique_content")]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One upload on its way: read, mapped, previewed, applied or not.

    ``tables`` and ``sheets`` are what the reader understood of the file, ``answers`` what a person confirmed
    or corrected. The counts are of values and absences; ``absent_count`` is the part of them without a value.
    ``sent_as`` is the name the file came under, where its ending was not that of its content; ``file_name``
    then has the ending that is.
    ``notice`` holds what became of the last try to apply, where it did not succeed. ``staged_from`` and
    ``staged_to`` are the first and last of its staged figures, ``submissions_to_change`` those that applying
    would write to, as last compared: a page of a million rows asks for neither.

    Who sees it follows from three facts: ``sent_for`` are the organisations that its uploader recorded for
    (none: a data steward, so it may hold anybody's figures), ``organisations`` the supplier and whom the file
    names, and it ``is_attributed`` once all that was found is known to belong to one of these.
    """

    source_file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, related_name="runs", verbose_name=_("file")
    )
    file_name = models.CharField(_("file name"), max_length=255)
    sent_as = models.CharField(_("sent as"), max_length=255, blank=True)
    supplier = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("supplier"),
        help_text=_("Who sent the file, and whose figures they are where it names nobody."),
    )
    status = models.CharField(_("status"), max_length=14, choices=ImportStatus, default=ImportStatus.UPLOADED)
    refusal = models.JSONField(_("reason for refusal"), null=True, blank=True)
    tables = models.JSONField(_("tables"), default=list, blank=True)
    sheets = models.JSONField(_("sheets"), default=list, blank=True)
    answers = models.JSONField(_("answers"), null=True, blank=True)
    questions = models.JSONField(_("questions"), default=list, blank=True)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    new_count = models.PositiveIntegerField(_("new"), default=0)
    changed_count = models.PositiveIntegerField(_("changed"), default=0)
    unchanged_count = models.PositiveIntegerField(_("unchanged"), default=0)
    held_count = models.PositiveIntegerField(_("held"), default=0)
    absent_count = models.PositiveIntegerField(_("without a value"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        related_name="imports",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("applied by"),
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Needed where approved figures change."))
    holds_errors = models.BooleanField(
        _("holds faulty values"),
        default=True,
        help_text=_("Good values are applied and faulty ones held; otherwise all or nothing."),
    )
    apply_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked to apply by"),
    )
    staged_from = models.BigIntegerField(null=True, editable=False)
    staged_to = models.BigIntegerField(null=True, editable=False)
    submissions_to_change = ArrayField(models.BigIntegerField(), default=list, editable=False)
    sent_for = ArrayField(models.BigIntegerField(), default=list, editable=False)
    organisations = ArrayField(models.BigIntegerField(), default=list, editable=False)
    is_attributed = models.BooleanField(default=False, editable=False)
    reading_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked to read by"),
        help_text=_("Empty: whoever uploaded the file."),
    )
    cancel_requested_at = models.DateTimeField(_("asked to stop at"), null=True, blank=True)
    notice = models.JSONField(_("notice"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField(_("waiting since"), default=timezone.now, editable=False)
    begun_at = models.DateTimeField(_("last begun at"), null=True, blank=True, editable=False)
    not_before = models.DateTimeField(_("tried again at"), null=True, blank=True, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="import_status_known", condition=Q(status__in=ImportStatus.values)),
            models.CheckConstraint(
                name="import_applied_has_who_and_when",
                condition=~Q(status=ImportStatus.APPLIED)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
            ),
            models.CheckConstraint(
                name="import_applying_is_asked_for",
                condition=~Q(status=ImportStatus.APPLYING) | Q(apply_requested_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def staged_count(self) -> int:
        """About how many figures were staged: by their keys, between which another import's may lie."""
        return (
            0 if self.staged_from is None or self.staged_to is None else self.staged_to - self.staged_from + 1
        )

    @property
    def is_ready_in_part(self) -> bool:
        """Whether there is something that applying would leave out."""
        return self.status == ImportStatus.READY and self.held_count > 0

    @property
    def tone(self) -> str:
        """The colour family of its badge."""
        return "warning" if self.is_ready_in_part else IMPORT_TONES[self.status]

    @property
    def state_label(self) -> str:
        """The words of its badge."""
        if not self.is_ready_in_part:
            return self.get_status_display()
        text = ngettext(
            "Ready, %(count)s value with errors", "Ready, %(count)s values with errors", self.held_count
        )
        return text % {"count": number_format(self.held_count, force_grouping=True)}

    @property
    def is_at_work(self) -> bool:
        """Whether it waits for a worker or has one."""
        return self.status in ImportStatus.at_work

    @property
    def is_being_applied(self) -> bool:
        return self.status == ImportStatus.APPLYING

    @property
    def is_applied(self) -> bool:
        return self.status == ImportStatus.APPLIED

    @property
    def is_undone(self) -> bool:
        return self.status == ImportStatus.UNDONE

    @property
    def is_discarded(self) -> bool:
        return self.status == ImportStatus.DISCARDED

    @property
    def is_cancelled(self) -> bool:
        return self.status == ImportStatus.CANCELLED

    def is_possible(self, action: ImportAction) -> bool:
        """Whether the action may begin now."""
        return is_possible(action, status=self.status, refusal=(self.refusal or {}).get("code", ""))

    @property
    def is_resumable(self) -> bool:
        """Whether reading it again may turn out better: it was broken off, or the machine was too busy."""
        return self.is_possible(ImportAction.RESUME)

    @property
    def is_discardable(self) -> bool:
        return self.is_possible(ImportAction.DISCARD)

    @property
    def is_mappable(self) -> bool:
        """Whether a person may still correct how the file is read, also where no table was found in it."""
        return self.is_possible(ImportAction.CONFIRM) and (
            self.status != ImportStatus.REFUSED or bool(self.sheets)
        )


class ImportCause(models.Model):
    """One cause of trouble in a file and how often it shows: problems alike but for their cells.

    Filled once per reading, so that a page shows the causes of a million problems at once.
    """

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="causes", db_index=False, verbose_name=_("import")
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=0, help_text=_("Errors come first, then queries, then notes.")
    )
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    code = models.CharField(_("code"), max_length=40)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    row = models.PositiveIntegerField(_("first row"), default=0)
    column = models.PositiveIntegerField(_("first column"), default=0)
    found = models.TextField(_("found"), blank=True)
    message = models.JSONField(_("message"))
    holds = models.BooleanField(_("holds its row"), default=False)
    count = models.PositiveIntegerField(_("cells"))
    first_cells = ArrayField(models.CharField(max_length=12), verbose_name=_("first cells"))

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        ordering = ["import_run", "rank", "sheet", "row", "column", "code", "pk"]
        indexes = [
            models.Index(fields=["import_run", "rank", "sheet", "row", "column"], name="cause_by_import")
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.count})"


class ImportProblem(models.Model):
    """Something in the file that a person should know, with its place; shown in the reader's language."""

    import_run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="problems", db_index=False, verbose_name=_("import")
    )
    cause = models.ForeignKey(
        ImportCause,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name=_("cause"),
    )
    severity = models.CharField(_("severity"), max_length=6, choices=Severity)
    code = models.CharField(_("code"), max_length=40)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    cell = models.CharField(_("cell"), max_length=12, blank=True)
    row = models.PositiveIntegerField(_("row"), default=0)
    column = models.PositiveIntegerField(_("column"), default=0)
    found = models.TextField(_("found"), blank=True)
    message = models.JSONField(_("message"))
    holds = models.BooleanField(_("holds its row"), default=False)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ["sheet", "row", "column", "pk"]
        indexes = [models.Index(fields=["import_run", "sheet", "row"], name="problem_by_import_place")]

    def __str__(self) -> str:
        return f"{self.code} {self.cell}"


class StagedFigure(models.Model):
    """One cell of the file, read and judged, before anything is written.

    Keys are text as read; ``item_id`` is set once the owner is known to be due. ``verdict`` is what
    applying would do, ``old_value`` and ``old_absence`` what is stored now, ``last_year`` the value of the
    year before. ``corrected_by`` corrected a held row in the page. The ids are in the order of the file.
    """

    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="staged",
        db_index=False,  # the index below begins with it
        db_constraint=False,  # a check for each of a million rows that nothing but one statement writes
    )
    sheet = models.CharField(max_length=100)
    cell = models.CharField(max_length=12)
    row = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    indicator = models.CharField(max_length=40, blank=True)
    year = models.IntegerField(null=True)
    organisation = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=12, blank=True)
    occupation = models.CharField(max_length=8, blank=True)
    occupation_label = models.CharField(max_length=300, blank=True)
    target_group = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    absence = models.CharField(max_length=16, choices=Absence, null=True)  # noqa: DJ001  # NULL: there is a value
    quality = models.CharField(max_length=12, choices=Quality, default=Quality.FINAL)
    is_below_half_unit = models.BooleanField(default=False)
    is_uncertain = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    original = models.CharField(max_length=200, blank=True)
    item_id = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.HELD)
    old_value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    old_absence = models.CharField(max_length=16, choices=Absence, null=True)  # noqa: DJ001  # NULL: there was one
    last_year = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,  # accountability: the name must survive
        null=True,
        db_index=False,
        db_constraint=False,  # as above
        related_name="+",
    )
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["import_run", "verdict", "id"], name="staged_by_import_verdict"),
            models.Index(
                fields=["import_run"], name="staged_corrected", condition=Q(corrected_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="staged_corrected_has_who_and_when",
                condition=Q(corrected_by__isnull=True, corrected_at__isnull=True)
                | Q(corrected_by__isnull=False, corrected_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"

    @property
    def is_held(self) -> bool:
        return self.verdict == Verdict.HELD

    @property
    def is_unchanged(self) -> bool:
        return self.verdict == Verdict.UNCHANGED
