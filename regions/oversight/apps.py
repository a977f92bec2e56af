from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "regions.oversight"
    label = "oversight"
