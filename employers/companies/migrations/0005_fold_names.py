"""Give the companies that are there already what they are found by."""

from typing import Any

from django.db import migrations

from employers.companies.names import folded, grams

AT_ONCE = 2000


def fold(apps: Any, schema_editor: Any) -> None:
    for model in (apps.get_model("companies", "Company"), apps.get_model("companies", "RegisterCompany")):
        rows = []
        for row in model.objects.filter(name_key="").only("pk", "name").iterator(chunk_size=AT_ONCE):
            row.name_key = folded(row.name)
            row.name_grams = grams(row.name_key)
            rows.append(row)
        model.objects.bulk_update(rows, ["name_key", "name_grams"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("companies", "0004_names_foreign_companies_and_dates")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
