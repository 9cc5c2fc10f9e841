"""A reader says they have no conflict before the content opens; a withdrawal is dated."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_no_reading_in_conflict")]
    operations = [
        migrations.AddField(
            model_name="review",
            name="cleared_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="absence de conflit déclarée"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                name="withdrawn_applications_are_dated",
            ),
        ),
    ]
