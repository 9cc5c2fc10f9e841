"""Doors that everybody may open."""

from eig.accounts.doors import door
from eig.design import views

app_name = "design"

public = [
    door("accessibilite/", views.legal_accessibility),
    door("mentions-legales/", views.legal_notice),
    door("donnees-personnelles/", views.legal_privacy),
    door("cookies/", views.legal_cookies),
    door("cgu/", views.legal_terms),
    door("plan-du-site/", views.sitemap),
    door("contact/", views.contact),
    door("galerie/", views.gallery),
    door("robots.txt", views.robots_txt),
    door(".well-known/security.txt", views.security_txt),
]

urlpatterns = public
