
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        ('geography', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='code')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='definition version')),
                ('kind', models.CharField(choices=[('labour_market', 'labour market'), ('target_group', 'target group'), ('effort', 'effort'), ('result', 'result'), ('effect', 'effect'), ('legal_requirement', 'legal requirement')], max_length=20, verbose_name='kind')),
                ('direction', models.CharField(choices=[('higher_better', 'higher is better'), ('lower_better', 'lower is better'), ('neutral', 'neither is better')], max_length=14, verbose_name='direction')),
                ('unit', models.CharField(choices=[('persons', 'persons'), ('per_cent', 'per cent'), ('kroner', 'kroner'), ('index', 'index')], max_length=10, verbose_name='unit')),
                ('title_da', models.CharField(max_length=200)),
                ('title_en', models.CharField(max_length=200)),
                ('shows_da', models.TextField()),
                ('shows_en', models.TextField()),
                ('computed_da', models.TextField()),
                ('computed_en', models.TextField()),
                ('source_da', models.CharField(max_length=300)),
                ('source_en', models.CharField(max_length=300)),
                ('least_base', models.PositiveIntegerField(default=20, verbose_name='smallest base')),
                ('is_fictional', models.BooleanField(default=False, verbose_name='invented figures')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='TargetGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('title_da', models.CharField(max_length=120)),
                ('title_en', models.CharField(max_length=120)),
            ],
            options={
                'verbose_name': 'target group',
                'verbose_name_plural': 'target groups',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('data_date', models.DateField(verbose_name='data date')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('digest', models.CharField(max_length=64)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-received_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('numerator', models.BigIntegerField(null=True, verbose_name='numerator')),
                ('denominator', models.BigIntegerField(null=True, verbose_name='denominator')),
                ('value', models.FloatField(verbose_name='value')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='measures.delivery')),
                ('jobcentre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='centres.jobcentre')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='measures.measure')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='geography.municipality')),
                ('target_group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.targetgroup')),
            ],
            options={
                'verbose_name': 'measurement',
                'verbose_name_plural': 'measurements',
                'constraints': [models.UniqueConstraint(fields=('measure', 'period', 'target_group', 'jobcentre', 'municipality'), name='measurement_once', nulls_distinct=False, violation_error_message='There is already a figure for this period.'), models.CheckConstraint(condition=models.Q(models.Q(('jobcentre__isnull', False), ('municipality', None)), models.Q(('jobcentre', None), ('municipality__isnull', False)), _connector='OR'), name='measurement_of_a_municipality_or_a_jobcentre', violation_error_message='A figure belongs to one municipality or one jobcentre.'), models.CheckConstraint(condition=models.Q(('denominator', None), models.Q(('denominator__gt', 0), ('numerator__gte', 0)), _connector='OR'), name='measurement_base_is_positive_and_has_a_numerator', violation_error_message='A base is more than zero and has a numerator.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='measurement_period_ends_after_it_starts')],
            },
        ),
    ]
