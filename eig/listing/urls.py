"""The doors of deeds on many rows. Each list has its own page, in its step."""

from eig.accounts.doors import door
from eig.listing.views import bulk

app_name = "listing"

HERE = "pilotage/<slug:promotion>/en-nombre/"

urlpatterns = [
    door(HERE, bulk.bulk_list),
    door(f"{HERE}<uuid:bulk>/", bulk.bulk_detail),
    door(f"{HERE}<uuid:bulk>/appliquer/", bulk.bulk_apply),
]
