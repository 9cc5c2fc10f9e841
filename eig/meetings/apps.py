from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "eig.meetings"
    label = "meetings"
    verbose_name = "webinaires et rendez-vous"
