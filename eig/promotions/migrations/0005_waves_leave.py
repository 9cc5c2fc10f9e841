"""`Wave` is known as `waves.Wave`; its table stays (see the first migration of `waves`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("promotions", "0004_promotion_add_visas"), ("waves", "0001_waves_come_from_promotions")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Wave")])]
