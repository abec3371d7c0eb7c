import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whom its sender recorded for when it came, and who is named in it. Whether all of an older file is somebody's is
# not known any more, so that only those see all of it who sent it or act for whoever did.
NOTE_WHOSE_IT_IS = """
UPDATE measures_importrun r
SET sent_for = CASE
        WHEN u.is_superuser OR EXISTS (
            SELECT FROM partners_membership m
            WHERE m.user_id = u.id AND m.role = 'data_steward' AND m.valid_from <= (r.created_at AT TIME ZONE 'Europe/Berlin')::date
                AND (m.valid_until IS NULL OR m.valid_until >= (r.created_at AT TIME ZONE 'Europe/Berlin')::date)
        ) THEN '{}'
        ELSE ARRAY(
            SELECT DISTINCT m.organisation_id
            FROM partners_membership m
            WHERE m.user_id = u.id AND m.role IN ('contributor', 'coordinator')
                AND m.valid_from <= (r.created_at AT TIME ZONE 'Europe/Berlin')::date
                AND (m.valid_until IS NULL OR m.valid_until >= (r.created_at AT TIME ZONE 'Europe/Berlin')::date)
            ORDER BY 1
        )
    END,
    organisations = ARRAY(
        SELECT o.id
        FROM partners_organisation o
        WHERE o.id = r.supplier_id
            OR o.code IN (SELECT s.organisation FROM measures_stagedfigure s WHERE s.import_run_id = r.id)
            OR o.id IN (SELECT t.organisation_id FROM measures_controltotal t WHERE t.import_run_id = r.id)
        ORDER BY 1
    )
FROM partners_user u
WHERE u.id = r.created_by_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0013_figure_rules_from_one_list'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='is_attributed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='importrun',
            name='organisations',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='importrun',
            name='reading_requested_by',
            field=models.ForeignKey(blank=True, help_text='Empty: whoever uploaded the file.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked to read by'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='sent_for',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None),
        ),
        migrations.RunSQL(NOTE_WHOSE_IT_IS, migrations.RunSQL.noop),
    ]
