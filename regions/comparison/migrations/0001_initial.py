
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('centres', '0001_initial'),
        ('measures', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('definition_version', models.PositiveSmallIntegerField(verbose_name='definition version')),
                ('data_date', models.DateField(verbose_name='data date')),
                ('theta', models.FloatField()),
                ('phi', models.FloatField()),
                ('tau2', models.FloatField()),
                ('r_squared', models.FloatField(verbose_name='explained variation')),
                ('coefficients', models.JSONField(verbose_name='coefficients')),
                ('weakness', models.CharField(blank=True, max_length=40, verbose_name='why the model is weak')),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='computed')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='measures.measure')),
                ('target_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='measures.targetgroup')),
            ],
            options={
                'verbose_name': 'comparison',
                'verbose_name_plural': 'comparisons',
                'ordering': ['-ends_on', 'measure', 'target_group'],
            },
        ),
        migrations.CreateModel(
            name='FrameworkCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('condition', models.CharField(choices=[('population', 'population (logarithm)'), ('long_commute', 'share of residents who commute more than 30 km'), ('jobs_per_resident', 'jobs for each employed resident'), ('fictional', 'an invented condition, for demonstration')], max_length=20, verbose_name='condition')),
                ('value', models.FloatField(verbose_name='value')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='centres.jobcentre')),
            ],
            options={
                'verbose_name': 'framework condition',
                'verbose_name_plural': 'framework conditions',
            },
        ),
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recomputation',
                'verbose_name_plural': 'recomputations',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actual', models.BigIntegerField(verbose_name='actual')),
                ('base', models.BigIntegerField(verbose_name='base')),
                ('expected', models.FloatField(null=True, verbose_name='expected')),
                ('z', models.FloatField(null=True)),
                ('z_adjusted', models.FloatField(null=True, verbose_name='z, adjusted for over-dispersion')),
                ('p', models.FloatField(null=True)),
                ('p_adjusted', models.FloatField(null=True, verbose_name='p, adjusted for the number of comparisons')),
                ('comparison', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='comparison.comparison')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='centres.jobcentre')),
            ],
            options={
                'verbose_name': 'result',
                'verbose_name_plural': 'results',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='leased until')),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='attempts')),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='finished')),
                ('given_up_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='given up')),
                ('error', models.TextField(blank=True, editable=False, verbose_name='last error')),
                ('stage', models.PositiveSmallIntegerField(verbose_name='stage')),
                ('task', models.CharField(max_length=60, verbose_name='task')),
                ('about', models.JSONField(verbose_name='about')),
                ('recomputation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='comparison.recomputation')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['stage', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.UniqueConstraint(fields=('measure', 'target_group', 'period'), name='comparison_once'),
        ),
        migrations.AddConstraint(
            model_name='frameworkcondition',
            constraint=models.UniqueConstraint(fields=('jobcentre', 'year', 'condition'), name='framework_condition_once'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('comparison', 'jobcentre'), name='result_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('finished_at', None), ('given_up_at', None), _connector='OR'), name='comparison_step_finished_or_given_up_not_both', violation_error_message='Work cannot be both finished and given up.'),
        ),
    ]
