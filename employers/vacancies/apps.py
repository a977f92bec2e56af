from django.apps import AppConfig


class VacanciesConfig(AppConfig):
    name = "employers.vacancies"
    label = "vacancies"
