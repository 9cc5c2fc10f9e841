"""The doors of the deeds that two people do."""

from eig.accounts.doors import door
from eig.orders import views

app_name = "orders"

HERE = "pilotage/<slug:promotion>/a-deux/"

urlpatterns = [
    door(HERE, views.order_list),
    door(f"{HERE}<uuid:code>/", views.order_detail),
    door(f"{HERE}<uuid:code>/confirmer/", views.order_confirm),
    door(f"{HERE}<uuid:code>/abandonner/", views.order_refuse),
]
