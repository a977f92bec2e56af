
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('geography', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DefaultOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'default owner',
                'verbose_name_plural': 'default owners',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DefaultOwnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.defaultowner')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Jobcentre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('sort_key', models.CharField(editable=False, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('answers_within', models.PositiveSmallIntegerField(default=2, verbose_name='answers within (working days)')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='jobcentre', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'jobcentre',
                'verbose_name_plural': 'jobcentres',
                'ordering': ['sort_key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='JobcentreEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.CharField(max_length=4, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('sort_key', models.CharField(editable=False, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('answers_within', models.PositiveSmallIntegerField(default=2, verbose_name='answers within (working days)')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.jobcentre')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Serves',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('evidence', models.CharField(max_length=20, verbose_name='how we know')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='serves', to='centres.jobcentre')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='served_by', to='geography.municipality')),
            ],
            options={
                'verbose_name': 'served municipality',
                'verbose_name_plural': 'served municipalities',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ServesEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('evidence', models.CharField(max_length=20, verbose_name='how we know')),
                ('jobcentre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='geography.municipality')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='centres.serves')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AreaOffice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='geography.area')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='area_office', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'area office',
                'verbose_name_plural': 'area offices',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='centres_areaoffice_valid_to_after_valid_from', violation_error_message='The last date must be after the first.')],
            },
        ),
        migrations.AddConstraint(
            model_name='defaultowner',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='centres_defaultowner_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='defaultowner',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='default_owner_one_at_a_time', violation_error_message='There is another default owner in that period.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='defaultowner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centres_defaultownerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='855286c7aa170146c7e6847bc96bbaf396f948ff', operation='INSERT', pgid='pgtrigger_insert_insert_b3b5e', table='centres_defaultowner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='defaultowner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centres_defaultownerevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "valid_from", "valid_to") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='162d33a06cd975d7c7baca9f418f8b96dadd35a6', operation='UPDATE', pgid='pgtrigger_update_update_9ed94', table='centres_defaultowner', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='jobcentre',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='centres_jobcentre_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='jobcentre',
            constraint=models.CheckConstraint(condition=models.Q(('answers_within__range', (1, 10))), name='jobcentre_answers_within_1_to_10_days', violation_error_message='An answer is promised within 1 to 10 working days.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobcentre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centres_jobcentreevent" ("answers_within", "code", "email", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sort_key", "valid_from", "valid_to") VALUES (NEW."answers_within", NEW."code", NEW."email", NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."sort_key", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='20a8b169c1d7174c27f5fd1463bc4e0a643b8d8e', operation='INSERT', pgid='pgtrigger_insert_insert_d941a', table='centres_jobcentre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='jobcentre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centres_jobcentreevent" ("answers_within", "code", "email", "id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "sort_key", "valid_from", "valid_to") VALUES (NEW."answers_within", NEW."code", NEW."email", NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."sort_key", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='5fc3758f22aec511215ada7f3f632f4dee0a0d72', operation='UPDATE', pgid='pgtrigger_update_update_f93a9', table='centres_jobcentre', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='serves',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='centres_serves_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='serves',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='serves_one_jobcentre_per_municipality_at_a_time', violation_error_message='Another jobcentre answers for this municipality in that period.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='serves',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "centres_servesevent" ("evidence", "id", "jobcentre_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."evidence", NEW."id", NEW."jobcentre_id", NEW."municipality_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='a23d7cb31278a93b5e62ca51c4f930e63ec84768', operation='INSERT', pgid='pgtrigger_insert_insert_da1ef', table='centres_serves', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='serves',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "centres_servesevent" ("evidence", "id", "jobcentre_id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."evidence", NEW."id", NEW."jobcentre_id", NEW."municipality_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='95f68dce0fcc23a0e6a174eaa3d2a79717e7ca67', operation='UPDATE', pgid='pgtrigger_update_update_b0e58', table='centres_serves', when='AFTER')),
        ),
    ]
