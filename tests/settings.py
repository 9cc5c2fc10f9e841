"""Those of production, with the demonstration installed but off: its own tests switch it on."""

from eig import settings
from eig.settings import *  # noqa: F403

INSTALLED_APPS = ["demo", *settings.INSTALLED_APPS]
