
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('geography', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Occupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('code', models.CharField(max_length=6, unique=True, verbose_name='code')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                ('title_da', models.CharField(max_length=250, verbose_name='Danish title')),
                ('title_en', models.CharField(blank=True, max_length=250, verbose_name='English title')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=300)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='classifications.occupation')),
            ],
            options={
                'verbose_name': 'occupation',
                'verbose_name_plural': 'occupations',
                'ordering': ['code'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Outlook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('problems', 'recruitment problems'), ('no_problems', 'no recruitment problems'), ('not_assessed', 'not assessed')], max_length=20, verbose_name='category')),
                ('attempts', models.PositiveIntegerField(verbose_name='recruitment attempts')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outlooks', to='geography.area')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outlooks', to='classifications.occupation')),
            ],
            options={
                'verbose_name': 'outlook',
                'verbose_name_plural': 'outlooks',
            },
        ),
        migrations.CreateModel(
            name='Industry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('version', models.CharField(choices=[('db07', 'DB07 (NACE Rev. 2)'), ('nace_2_1', 'NACE Rev. 2.1')], max_length=10, verbose_name='version')),
                ('code', models.CharField(max_length=8, verbose_name='code')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                ('title_da', models.CharField(max_length=300, verbose_name='Danish title')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='English title')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='classifications.industry')),
            ],
            options={
                'verbose_name': 'industry',
                'verbose_name_plural': 'industries',
                'ordering': ['version', 'code'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='classifications_industry_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'), models.UniqueConstraint(fields=('version', 'code'), name='industry_code_once_in_a_version')],
            },
        ),
        migrations.AddConstraint(
            model_name='occupation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='classifications_occupation_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'),
        ),
        migrations.AddConstraint(
            model_name='outlook',
            constraint=models.UniqueConstraint(fields=('occupation', 'area'), name='outlook_once_for_occupation_and_area'),
        ),
    ]
