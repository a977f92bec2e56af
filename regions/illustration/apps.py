from django.apps import AppConfig


class IllustrationConfig(AppConfig):
    name = "regions.illustration"
    label = "illustration"
