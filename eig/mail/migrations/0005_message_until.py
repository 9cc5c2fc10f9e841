from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def doubt_what_is_leaving(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now nothing told whether the text of a letter left by a killed worker had gone."""
    apps.get_model("mail", "Message").objects.filter(status="sending").update(ambiguous=True)


class Migration(migrations.Migration):
    dependencies = [("mail", "0004_letters_of_a_wave_after_the_others")]

    operations = [
        migrations.AddField("message", "until", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(doubt_what_is_leaving, migrations.RunPython.noop),
    ]
