"""The doors of the questionnaire."""

from eig.accounts.doors import door
from eig.diversity import views

app_name = "diversity"

public_urls = [
    door("questionnaire/<slug:promotion>/<slug:key>/", views.answer_edit),
    door("questionnaire/<slug:promotion>/<slug:key>/merci/", views.answer_thanks),
]
staff_urls = [
    door("pilotage/<slug:promotion>/questionnaire/", views.staff_answers),
    door("pilotage/<slug:promotion>/questionnaire/clore/", views.staff_answers_publish),
]

urlpatterns = [*public_urls, *staff_urls]
