"""The demonstration's own doors. They do not exist elsewhere."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("demonstration/", views.demo_cast, name="demo_cast"),
    path("demonstration/entrer/<uuid:code>/", views.demo_enter, name="demo_enter"),
    path("demonstration/courriels/", views.demo_mail_list, name="demo_mail_list"),
    path("demonstration/courriels/<uuid:code>/", views.demo_mail_detail, name="demo_mail_detail"),
]
