from django.apps import AppConfig


class GeographyConfig(AppConfig):
    name = "jobcenter.geography"
    label = "geography"
