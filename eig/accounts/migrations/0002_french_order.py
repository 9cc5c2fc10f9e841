"""`unaccent`, so that names sort in French on a server without ICU."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts")]
    operations = [UnaccentExtension()]
