from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("0007_searched_with_less.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [("vacancies", "0006_awaits_confirmation")]

    # What was before finds the same; it is only slower.
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
