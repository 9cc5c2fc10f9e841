"""The address of the emergency tool, outside the roof's own names."""

from django.urls import path

from journey.admin import site

urlpatterns = [path("secours/", site.urls)]
