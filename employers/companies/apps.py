from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "employers.companies"
    label = "companies"
