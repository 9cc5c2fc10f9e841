"""The Celery app and its timetable: Celery only wakes workers; every job is a row in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eig.settings")

app = Celery("eig")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={
        # Longer than the longest task (a letter that a slow relay takes): eig.mail.tasks.
        "visibility_timeout": 1200,
        # A broker that is frozen, not dead, accepts the line and never answers: no page waits for it.
        "socket_connect_timeout": 1.0,
        "socket_timeout": 1.0,
        "max_retries": 0,
    },
    broker_connection_retry_on_startup=True,
    task_time_limit=300,
    task_soft_time_limit=270,
    worker_soft_shutdown_timeout=10,
    worker_hijack_root_logger=False,
    # Who waits for a code by mail waits behind no print, no file check and no timetable: each has a worker.
    task_default_queue="sweep",
    task_routes={
        "eig.mail.tasks.deliver": {"queue": "mail"},
        "eig.documents.tasks.print_waiting": {"queue": "pdf"},
        "eig.exports.tasks.write_waiting": {"queue": "pdf"},
        "privacy.tasks.prepare_copies": {"queue": "pdf"},
        "eig.documents.tasks.check_waiting": {"queue": "scan"},
        "matching.interviews.tasks.solve_waiting": {"queue": "solve"},
    },
    timezone="Europe/Paris",
    enable_utc=True,
    # One line per recurring task, with its reason. None is the only copy of a job, and none happens at
    # an hour of the clock: what is due is dated in its row, and any later sweep finds it.
    beat_schedule={
        # Catches the messages whose wake-up was lost, and those whose hour has come.
        "deliver mail": {"task": "eig.mail.tasks.deliver", "schedule": 30.0},
        # Catches the prints whose wake-up was lost, and takes back those of a dead worker.
        "print documents": {"task": "eig.documents.tasks.print_waiting", "schedule": 60.0},
        # Catches the exports whose wake-up was lost, and takes back those of a dead worker.
        "write exports": {"task": "eig.exports.tasks.write_waiting", "schedule": 60.0},
        # Erases the files of personal data whose days are over.
        "purge exports": {"task": "eig.exports.tasks.purge", "schedule": 3600.0},
        # The consents of the talent pool whose day is over are deleted.
        "end pool consents": {"task": "candidates.tasks.end_consents", "schedule": 3600.0},
        # Catches uploads whose check was lost.
        "check uploads": {"task": "eig.documents.tasks.check_waiting", "schedule": 60.0},
        # No file that is a day old stays on the disk when no row names it.
        "sweep files": {"task": "eig.documents.tasks.sweep_files", "schedule": 3600.0},
        # Reminds drafts, uncertified rankings and unanswered offers; each reminder has a unique key.
        "remind": {"task": "journey.tasks.remind", "schedule": 300.0},
        # The brochure of a call follows its dates and texts; visas are reminded.
        "brochures of the calls": {"task": "projects.tasks.refresh_call_brochures", "schedule": 300.0},
        "remind visas": {"task": "projects.tasks.remind_visas", "schedule": 900.0},
        # Reminds webinars and advice appointments the day before.
        "remind meetings": {"task": "eig.meetings.tasks.remind", "schedule": 300.0},
        # Tells the drafts that their call is over, closes the corrections left unanswered.
        "keep deadlines": {"task": "journey.tasks.keep_deadlines", "schedule": 60.0},
        # Publishes the validated waves whose hour has come, each alone.
        "publish waves": {"task": "eig.waves.tasks.publish_due_waves", "schedule": 60.0},
        # A timetable asked for while Redis was down, or whose worker died, is taken up within a minute.
        "compute timetables": {"task": "matching.interviews.tasks.solve_waiting", "schedule": 60.0},
        # Offers left without an answer expire at their deadline.
        "expire offers": {"task": "matching.teams.tasks.expire_offers", "schedule": 300.0},
        # Catches the copies of personal data whose wake-up was lost.
        "prepare copies": {"task": "privacy.tasks.prepare_copies", "schedule": 60.0},
        # The message that confirms an erasure is erased once it has left.
        "forget farewells": {"task": "privacy.tasks.forget_sent_farewells", "schedule": 300.0},
        # Draws the order of the journal's chain.
        "seal journal": {"task": "journey.tasks.seal_journal", "schedule": 60.0},
        # Verifies the whole chain when the last time is six hours old; says where it ends once a day.
        "verify journal": {"task": "journey.tasks.verify_journal", "schedule": 300.0},
        # Warns thirty days before, erases what is due, drops what expired.
        "keep no longer": {"task": "privacy.tasks.keep_no_longer", "schedule": 3600.0},
        # From Friday 15:00: the week's bulletins of all teams in one mail; each week is a row, sent once.
        "bulletin digest": {"task": "cohorts.tasks.send_bulletin_digest", "schedule": 300.0},
    },
)
app.autodiscover_tasks()
