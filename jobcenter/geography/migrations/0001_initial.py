
import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('division', models.CharField(choices=[('employment_regions_2007', 'four employment regions 2007–2014'), ('labour_market_councils_2015', 'eight regional labour market councils 2015–2024'), ('regions_2025', 'five areas that follow the regions from 2025')], max_length=40, verbose_name='division')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('sort_key', models.CharField(editable=False, max_length=120)),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ['sort_key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Catchment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('distance_km', models.FloatField(verbose_name='distance in km')),
                ('estimated', models.BooleanField(default=True, verbose_name='estimated')),
            ],
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('official_name', models.CharField(max_length=80, verbose_name='official name')),
                ('sort_key', models.CharField(editable=False, max_length=90)),
                ('latitude', models.FloatField(verbose_name='latitude of the centre')),
                ('longitude', models.FloatField(verbose_name='longitude of the centre')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('population_year', models.PositiveSmallIntegerField(verbose_name='year of the population')),
            ],
            options={
                'verbose_name': 'municipality',
                'verbose_name_plural': 'municipalities',
                'ordering': ['sort_key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Postcode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='postcode')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('sort_key', models.CharField(editable=False, max_length=90)),
                ('latitude', models.FloatField(null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(null=True, verbose_name='longitude')),
            ],
            options={
                'verbose_name': 'postcode',
                'verbose_name_plural': 'postcodes',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AreaMunicipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('division', models.CharField(choices=[('employment_regions_2007', 'four employment regions 2007–2014'), ('labour_market_councils_2015', 'eight regional labour market councils 2015–2024'), ('regions_2025', 'five areas that follow the regions from 2025')], editable=False, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='geography.area')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Outline',
            fields=[
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='geography.municipality')),
                ('path', models.TextField(verbose_name='path')),
            ],
        ),
        migrations.AddConstraint(
            model_name='municipality',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='geography_municipality_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddField(
            model_name='catchment',
            name='centre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='catchment', to='geography.municipality'),
        ),
        migrations.AddField(
            model_name='catchment',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='catchments', to='geography.municipality'),
        ),
        migrations.AddField(
            model_name='areamunicipality',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='geography.municipality'),
        ),
        migrations.AddField(
            model_name='area',
            name='municipalities',
            field=models.ManyToManyField(related_name='areas', through='geography.AreaMunicipality', to='geography.municipality'),
        ),
        migrations.AddField(
            model_name='postcode',
            name='municipalities',
            field=models.ManyToManyField(related_name='all_postcodes', to='geography.municipality'),
        ),
        migrations.AddField(
            model_name='postcode',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postcodes', to='geography.municipality'),
        ),
        migrations.AddConstraint(
            model_name='catchment',
            constraint=models.UniqueConstraint(fields=('centre', 'municipality'), name='catchment_municipality_once'),
        ),
        migrations.AddConstraint(
            model_name='areamunicipality',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='geography_areamunicipality_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='areamunicipality',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('division', 'employment_regions_2007')), expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='areamunicipality_one_area_at_a_time_employment_regions_2007', violation_error_message='In one division a municipality is in one area at a time.'),
        ),
        migrations.AddConstraint(
            model_name='areamunicipality',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('division', 'labour_market_councils_2015')), expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='areamunicipality_one_area_at_a_time_labour_market_councils_2015', violation_error_message='In one division a municipality is in one area at a time.'),
        ),
        migrations.AddConstraint(
            model_name='areamunicipality',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('division', 'regions_2025')), expressions=[(models.Func(models.F('municipality'), models.F('municipality'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='areamunicipality_one_area_at_a_time_regions_2025', violation_error_message='In one division a municipality is in one area at a time.'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='geography_area_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='postcode',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='geography_postcode_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
    ]
