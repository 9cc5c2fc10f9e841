"""The doors of deeds on many rows. Each list has its own page, in its step."""

from django.urls import path

from eig.listing.views import bulk

app_name = "listing"

HERE = "pilotage/<slug:promotion>/en-nombre/"

urlpatterns = [
    path(HERE, bulk.bulk_list, name="bulk_list"),
    path(f"{HERE}<uuid:bulk>/", bulk.bulk_detail, name="bulk_detail"),
    path(f"{HERE}<uuid:bulk>/appliquer/", bulk.bulk_apply, name="bulk_apply"),
]
