"""What people were told is in fields of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0013_what_people_were_told")]

    operations = [migrations.RemoveField("hearing", "told"), migrations.RemoveField("hearingseat", "told")]
