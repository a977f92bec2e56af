
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('classifications', '0001_initial'),
        ('geography', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(verbose_name='recruitment attempts')),
                ('failed', models.PositiveIntegerField(verbose_name='in vain or with another profile')),
                ('lower', models.FloatField(null=True, verbose_name='lower end of the 95 % interval')),
                ('upper', models.FloatField(null=True, verbose_name='upper end of the 95 % interval')),
                ('proposed', models.CharField(choices=[('problems', 'recruitment problems'), ('no_problems', 'no recruitment problems'), ('not_assessed', 'not assessed')], max_length=20, verbose_name='proposed category')),
                ('category', models.CharField(choices=[('problems', 'recruitment problems'), ('no_problems', 'no recruitment problems'), ('not_assessed', 'not assessed')], max_length=20, verbose_name='category')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='remark')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classifications.occupation')),
            ],
            options={
                'verbose_name': 'line of a report',
                'verbose_name_plural': 'lines of reports',
                'ordering': ['occupation__code'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10, verbose_name='state')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='computed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='geography.area')),
            ],
            options={
                'verbose_name': 'bottleneck report',
                'verbose_name_plural': 'bottleneck reports',
                'ordering': ['-ends_on', 'area'],
            },
        ),
        migrations.CreateModel(
            name='LineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('attempts', models.PositiveIntegerField(verbose_name='recruitment attempts')),
                ('failed', models.PositiveIntegerField(verbose_name='in vain or with another profile')),
                ('lower', models.FloatField(null=True, verbose_name='lower end of the 95 % interval')),
                ('upper', models.FloatField(null=True, verbose_name='upper end of the 95 % interval')),
                ('proposed', models.CharField(choices=[('problems', 'recruitment problems'), ('no_problems', 'no recruitment problems'), ('not_assessed', 'not assessed')], max_length=20, verbose_name='proposed category')),
                ('category', models.CharField(choices=[('problems', 'recruitment problems'), ('no_problems', 'no recruitment problems'), ('not_assessed', 'not assessed')], max_length=20, verbose_name='category')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='remark')),
                ('occupation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='classifications.occupation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='bottlenecks.line')),
                ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bottlenecks.report')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='line',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='bottlenecks.report'),
        ),
        migrations.CreateModel(
            name='ReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published')], default='draft', max_length=10, verbose_name='state')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='computed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='geography.area')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='bottlenecks.report')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20, verbose_name='from')),
                ('to_state', models.CharField(max_length=20, verbose_name='to')),
                ('comment', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='bottlenecks.report')),
            ],
            options={
                'verbose_name': 'step of a report',
                'verbose_name_plural': 'steps of reports',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('area', 'period'), name='report_once_for_area_and_period'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'draft')), models.Q(('published_at__isnull', False), ('state', 'published')), _connector='OR'), name='report_published_has_time', violation_error_message='A published report has the time it was published.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='only_known_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n            IF NOT ((OLD.state = 'draft' AND NEW.state IN ('published'))) THEN\n                RAISE EXCEPTION 'no transition from % to %', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='4add1869c1852bf610fb07054f2588d65dbfcc00', operation='UPDATE OF "state"', pgid='pgtrigger_only_known_transitions_96366', table='bottlenecks_report', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bottlenecks_reportevent" ("area_id", "computed_at", "ends_on", "id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "starts_on", "state") VALUES (NEW."area_id", NEW."computed_at", NEW."ends_on", NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."starts_on", NEW."state"); RETURN NULL;', hash='4dacaad304c455795a7b919b1e5c436f033b019b', operation='INSERT', pgid='pgtrigger_insert_insert_7fb2e', table='bottlenecks_report', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='report',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bottlenecks_reportevent" ("area_id", "computed_at", "ends_on", "id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "starts_on", "state") VALUES (NEW."area_id", NEW."computed_at", NEW."ends_on", NEW."id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."starts_on", NEW."state"); RETURN NULL;', hash='18ee111f5466aac5fd672b6c02ecce41db0939d2', operation='UPDATE', pgid='pgtrigger_update_update_2df03', table='bottlenecks_report', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('report', 'occupation'), name='line_once_per_occupation'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('failed__lte', models.F('attempts'))), name='line_failed_is_part_of_attempts'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.CheckConstraint(condition=models.Q(('category', models.F('proposed')), models.Q(('comment', ''), _negated=True), _connector='OR'), name='line_changed_category_has_a_remark', violation_error_message='Say why the category is changed.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='frozen_when_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT 1 FROM bottlenecks_report\n                        WHERE id = COALESCE(NEW.report_id, OLD.report_id) AND state = 'published'\n                    ) THEN\n                        RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='22e0a31b910fe3aba24cd916f4e56e6a66bd973e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_when_published_a2c9f', table='bottlenecks_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bottlenecks_lineevent" ("attempts", "category", "comment", "failed", "id", "lower", "occupation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "report_id", "upper") VALUES (NEW."attempts", NEW."category", NEW."comment", NEW."failed", NEW."id", NEW."lower", NEW."occupation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed", NEW."report_id", NEW."upper"); RETURN NULL;', hash='5b62e773805625d04a6ba6d8b842d5173267f4c8', operation='INSERT', pgid='pgtrigger_insert_insert_40f43', table='bottlenecks_line', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "bottlenecks_lineevent" ("attempts", "category", "comment", "failed", "id", "lower", "occupation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "report_id", "upper") VALUES (NEW."attempts", NEW."category", NEW."comment", NEW."failed", NEW."id", NEW."lower", NEW."occupation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed", NEW."report_id", NEW."upper"); RETURN NULL;', hash='a5f8aac7afc15f51a85d4b3cf2f864d07e869d54', operation='UPDATE', pgid='pgtrigger_update_update_a37c3', table='bottlenecks_line', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reportlog',
            constraint=models.CheckConstraint(condition=models.Q(('by__isnull', False), models.Q(('comment', ''), _negated=True)), name='reportlog_by_a_person_with_a_reason', violation_error_message='A report is published by a named person with a reason.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportlog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7a1ef526277c1a778c39803671ca19632e7ab21c', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_7918b', table='bottlenecks_reportlog', when='BEFORE')),
        ),
    ]
