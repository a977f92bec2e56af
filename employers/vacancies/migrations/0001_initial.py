
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
        ('centres', '0001_initial'),
        ('classifications', '0001_initial'),
        ('companies', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Vacancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='job title')),
                ('text', models.TextField(max_length=5000, verbose_name='advertisement')),
                ('positions', models.PositiveSmallIntegerField(default=1, verbose_name='positions')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='hours a week')),
                ('starts_on', models.DateField(verbose_name='start')),
                ('apply_by', models.DateField(verbose_name='apply by')),
                ('state', models.CharField(choices=[('submitted', 'waits for a caseworker'), ('published', 'published'), ('closed', 'closed')], default='submitted', max_length=10, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('filled_as_wanted', 'filled as we wanted'), ('filled_other_profile', 'filled with another profile'), ('not_filled', 'not filled'), ('withdrawn', 'withdrawn'), ('unknown', 'unknown')], max_length=20, verbose_name='outcome')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='danish', weight='A'), '||', django.contrib.postgres.search.SearchVector('text', config='danish', weight='B'), django.contrib.postgres.search.SearchConfig('danish')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='companies.company')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='centres.jobcentre')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='classifications.occupation')),
                ('workplace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='companies.workplace')),
            ],
            options={
                'verbose_name': 'vacancy',
                'verbose_name_plural': 'vacancies',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='VacancyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=100, verbose_name='job title')),
                ('text', models.TextField(max_length=5000, verbose_name='advertisement')),
                ('positions', models.PositiveSmallIntegerField(default=1, verbose_name='positions')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='hours a week')),
                ('starts_on', models.DateField(verbose_name='start')),
                ('apply_by', models.DateField(verbose_name='apply by')),
                ('state', models.CharField(choices=[('submitted', 'waits for a caseworker'), ('published', 'published'), ('closed', 'closed')], default='submitted', max_length=10, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('filled_as_wanted', 'filled as we wanted'), ('filled_other_profile', 'filled with another profile'), ('not_filled', 'not filled'), ('withdrawn', 'withdrawn'), ('unknown', 'unknown')], max_length=20, verbose_name='outcome')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='danish', weight='A'), '||', django.contrib.postgres.search.SearchVector('text', config='danish', weight='B'), django.contrib.postgres.search.SearchConfig('danish')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('company', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company')),
                ('jobcentre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre')),
                ('occupation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='classifications.occupation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vacancies.vacancy')),
                ('workplace', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.workplace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VacancyLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20, verbose_name='from')),
                ('to_state', models.CharField(max_length=20, verbose_name='to')),
                ('comment', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='vacancies.vacancy')),
            ],
            options={
                'verbose_name': 'step of a vacancy',
                'verbose_name_plural': 'steps of vacancies',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='vacancy',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='vacancy_search'),
        ),
        migrations.AddIndex(
            model_name='vacancy',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['apply_by'], name='vacancy_open'),
        ),
        migrations.AddConstraint(
            model_name='vacancy',
            constraint=models.CheckConstraint(condition=models.Q(('positions__range', (1, 500))), name='vacancy_positions_1_to_500', violation_error_message='Between 1 and 500 positions.'),
        ),
        migrations.AddConstraint(
            model_name='vacancy',
            constraint=models.CheckConstraint(condition=models.Q(('hours__range', (1, 48))), name='vacancy_hours_1_to_48', violation_error_message='Between 1 and 48 hours a week.'),
        ),
        migrations.AddConstraint(
            model_name='vacancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'submitted')), models.Q(('published_at__isnull', False), ('state', 'published')), ('state', 'closed'), _connector='OR'), name='vacancy_published_has_time', violation_error_message='A published vacancy has the time it was published.'),
        ),
        migrations.AddConstraint(
            model_name='vacancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None), ('outcome', '')), _connector='OR'), name='vacancy_closed_has_time_and_outcome', violation_error_message='A closed vacancy has a time and an outcome, an open one neither.'),
        ),
        migrations.AddConstraint(
            model_name='vacancy',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('published_at', None), ('closed_at__gte', models.F('published_at')), _connector='OR'), name='vacancy_closed_after_published', violation_error_message='A vacancy is closed after it was published.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancy',
            trigger=pgtrigger.compiler.Trigger(name='only_known_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n            IF NOT ((OLD.state = 'submitted' AND NEW.state IN ('published', 'closed')) OR (OLD.state = 'published' AND NEW.state IN ('closed'))) THEN\n                RAISE EXCEPTION 'no transition from % to %', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='451f6ad54321568560364c933625fae7b3f3a3fb', operation='UPDATE OF "state"', pgid='pgtrigger_only_known_transitions_db7ef', table='vacancies_vacancy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vacancies_vacancyevent" ("apply_by", "closed_at", "company_id", "created_at", "hours", "id", "jobcentre_id", "occupation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positions", "published_at", "starts_on", "state", "text", "title", "workplace_id") VALUES (NEW."apply_by", NEW."closed_at", NEW."company_id", NEW."created_at", NEW."hours", NEW."id", NEW."jobcentre_id", NEW."occupation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."positions", NEW."published_at", NEW."starts_on", NEW."state", NEW."text", NEW."title", NEW."workplace_id"); RETURN NULL;', hash='39671184d2a9a24de6644f216f0e017a8ca1d6dc', operation='INSERT', pgid='pgtrigger_insert_insert_20645', table='vacancies_vacancy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vacancies_vacancyevent" ("apply_by", "closed_at", "company_id", "created_at", "hours", "id", "jobcentre_id", "occupation_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "positions", "published_at", "starts_on", "state", "text", "title", "workplace_id") VALUES (NEW."apply_by", NEW."closed_at", NEW."company_id", NEW."created_at", NEW."hours", NEW."id", NEW."jobcentre_id", NEW."occupation_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."positions", NEW."published_at", NEW."starts_on", NEW."state", NEW."text", NEW."title", NEW."workplace_id"); RETURN NULL;', hash='17edbbae7b75668aed2c2abdee54eb307782ed85', operation='UPDATE', pgid='pgtrigger_update_update_c04f8', table='vacancies_vacancy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vacancylog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c089c489e12c2ca7abbf77f3df8af1c44324da70', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_50707', table='vacancies_vacancylog', when='BEFORE')),
        ),
    ]
