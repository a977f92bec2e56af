"""The table of the database cache, which counts attempts to sign in: `migrate` alone makes a whole database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE TABLE accounts_sign_in_attempt (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                );
                CREATE INDEX accounts_sign_in_attempt_expires ON accounts_sign_in_attempt (expires);
            """,
            reverse_sql="DROP TABLE accounts_sign_in_attempt",
        )
    ]
