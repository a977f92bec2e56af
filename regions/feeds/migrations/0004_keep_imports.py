from django.db import migrations


class Migration(migrations.Migration):
    """What was taken in before goes on counting; its file was not kept then. What waited is brought again."""

    dependencies = [
        ('feeds', '0003_evidence'),
    ]

    operations = [
        migrations.RunSQL(
            """
            INSERT INTO feeds_arrival (
                source, data_date, came_as, content, digest, received_at, by_id, state, rows, added, changed,
                unchanged, missing, removed, held, refused, said, problems, told, decided_at, decided_by_id,
                reason, delivery_id
            )
            SELECT source, data_date, file_name, '', digest, received_at, by_id, 'counted', rows, added, changed,
                   unchanged, missing, 0, 0, 0, '', '[]', '{}', received_at, by_id, '', delivery.id
            FROM feeds_import report JOIN measures_delivery delivery ON delivery.id = report.delivery_id;
            SET CONSTRAINTS ALL IMMEDIATE;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name='Draft'),
        migrations.DeleteModel(name='Import'),
    ]
