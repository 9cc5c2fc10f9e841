"""The ground floor and the roof. Whoever imports a task finds our Celery app, and its broker, behind it."""

from eig.celery import app as celery_app
