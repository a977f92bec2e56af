from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "employers.surveys"
    label = "surveys"
