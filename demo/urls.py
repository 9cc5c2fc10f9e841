"""The demonstration's own doors. They do not exist elsewhere."""

from demo import views
from eig.accounts.doors import door

app_name = "demo"

urlpatterns = [
    door("demonstration/", views.demo_cast),
    door("demonstration/entrer/<uuid:code>/", views.demo_enter),
    door("demonstration/courriels/", views.demo_mail_list),
    door("demonstration/courriels/<uuid:code>/", views.demo_mail_detail),
]
