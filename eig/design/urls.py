"""Doors that everybody may open."""

from django.urls import path

from eig.design import views

app_name = "design"

public = [
    path("accessibilite/", views.legal_accessibility, name="legal_accessibility"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.legal_privacy, name="legal_privacy"),
    path("cookies/", views.legal_cookies, name="legal_cookies"),
    path("cgu/", views.legal_terms, name="legal_terms"),
    path("plan-du-site/", views.sitemap, name="sitemap"),
    path("contact/", views.contact, name="contact"),
    path("galerie/", views.gallery, name="gallery"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]

urlpatterns = public
