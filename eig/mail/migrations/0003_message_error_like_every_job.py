from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_message_add_calendar")]

    operations = [migrations.RenameField(model_name="message", old_name="last_error", new_name="error")]
