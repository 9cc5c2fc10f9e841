"""Saved views and deeds on many rows are kept by `eig.listing`, which took their tables as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0008_one_reading_for_both_calls"),
        ("listing", "0001_views_and_deeds_of_every_list"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="BulkRow"),
                migrations.DeleteModel(name="BulkDeed"),
                migrations.DeleteModel(name="SavedView"),
            ]
        )
    ]
