"""One name for a défi from the reveal on: that of its public page."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def take_public_names(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    pages = apps.get_model("projects", "PublicPage").objects.filter(project=OuterRef("pk"))
    projects = apps.get_model("projects", "Project").objects.filter(public_page__isnull=False)
    projects.update(title=Subquery(pages.values("title")[:1]))


class Migration(migrations.Migration):
    dependencies = [("projects", "0016_years_from_2000_to_2100")]

    # Backwards, the public name stays: the dossier's own is in its answers.
    operations = [migrations.RunPython(take_public_names, migrations.RunPython.noop)]
