from employers.desk.models.application import ApplicationOfEnquiry, PlacementOfContact
from employers.desk.models.feed import CalendarFeed
from employers.desk.models.remark import Mention, Remark
from employers.desk.models.saved_view import SavedView

__all__ = ["ApplicationOfEnquiry", "CalendarFeed", "Mention", "PlacementOfContact", "Remark", "SavedView"]
