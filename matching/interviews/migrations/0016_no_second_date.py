"""When a candidate was told is one date."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interviews", "0015_candidates_are_told_like_jurors")]

    operations = [migrations.RemoveField("audition", "announced_at")]
