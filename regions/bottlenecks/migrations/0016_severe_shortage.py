"""When a shortage is severe becomes part of the rule's versions; those that are there get what the program held to."""

import django.contrib.postgres.fields
from django.db import migrations, models

EDUCATED = ["1", "2", "3", "6", "7", "5120", "5131", "5141", "5142", "5321", "5322", "5412"]


class Migration(migrations.Migration):
    dependencies = [("bottlenecks", "0015_corrections_given_up")]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="severe_areas",
            field=models.PositiveSmallIntegerField(
                default=4, verbose_name="areas that are short where a shortage is severe"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rule",
            name="severe_unemployment",
            field=models.FloatField(
                default=0.025, verbose_name="highest unemployment rate of a severe shortage"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rule",
            name="educated",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=4),
                default=EDUCATED,
                size=None,
                verbose_name="DISCO codes of work that takes an education",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("severe_areas__gte", 1), ("severe_unemployment__gt", 0), ("severe_unemployment__lt", 1)
                ),
                name="bottleneck_rule_severe_shortage_has_its_cuts",
                violation_error_message="A severe shortage is in at least one area, and its cut of "
                "unemployment between 0 and 1.",
            ),
        ),
    ]
