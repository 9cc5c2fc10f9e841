from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("mail", "0003_message_error_like_every_job")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_to_send"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["batch", "not_before", "id"], condition=Q(status="new"), name="message_to_send"
            ),
        ),
    ]
