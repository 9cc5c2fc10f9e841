"""The doors of the questionnaire."""

from django.urls import path

from eig.diversity import views

app_name = "diversity"

public_urls = [
    path("questionnaire/<slug:promotion>/<slug:key>/", views.answer_edit, name="answer_edit"),
    path("questionnaire/<slug:promotion>/<slug:key>/merci/", views.answer_thanks, name="answer_thanks"),
]
staff_urls = [
    path("pilotage/<slug:promotion>/questionnaire/", views.staff_answers, name="staff_answers"),
    path(
        "pilotage/<slug:promotion>/questionnaire/clore/",
        views.staff_answers_publish,
        name="staff_answers_publish",
    ),
]

urlpatterns = [*public_urls, *staff_urls]
