from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0010_fewer_indexes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='stagedfigure',
            name='staged_mended_has_who_and_when',
        ),
        migrations.RenameField(
            model_name='stagedfigure',
            old_name='mended_by',
            new_name='corrected_by',
        ),
        migrations.RenameField(
            model_name='stagedfigure',
            old_name='mended_at',
            new_name='corrected_at',
        ),
        migrations.AddConstraint(
            model_name='stagedfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrected_at__isnull', True), ('corrected_by__isnull', True)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False)), _connector='OR'), name='staged_corrected_has_who_and_when'),
        ),
    ]
