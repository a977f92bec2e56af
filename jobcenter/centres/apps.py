from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "jobcenter.centres"
    label = "centres"
