"""The doors of the exports."""

from django.urls import path

from eig.exports import views

app_name = "exports"

HERE = "pilotage/<slug:promotion>/exports/"

urlpatterns = [
    path(HERE, views.export_list, name="export_list"),
    path(f"{HERE}demander/<slug:kind>/", views.export_ask, name="export_ask"),
    path(f"{HERE}<uuid:code>/", views.export_download, name="export_download"),
    path(f"{HERE}<uuid:code>/annuler/", views.export_cancel, name="export_cancel"),
]
