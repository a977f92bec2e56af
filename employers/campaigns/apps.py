from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "employers.campaigns"
    label = "campaigns"
