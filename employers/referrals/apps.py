from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "employers.referrals"
    label = "referrals"
