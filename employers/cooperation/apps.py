from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "employers.cooperation"
    label = "cooperation"
