from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jobcenter.accounts"
    label = "accounts"
