from django.apps import AppConfig


class ClassificationsConfig(AppConfig):
    name = "jobcenter.classifications"
    label = "classifications"
