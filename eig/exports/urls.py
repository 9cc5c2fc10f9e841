"""The doors of the exports."""

from eig.accounts.doors import door
from eig.exports import views

app_name = "exports"

HERE = "pilotage/<slug:promotion>/exports/"

urlpatterns = [
    door(HERE, views.export_list),
    door(f"{HERE}demander/<slug:kind>/", views.export_ask),
    door(f"{HERE}<uuid:code>/", views.export_download),
    door(f"{HERE}<uuid:code>/annuler/", views.export_cancel),
]
