"""What each role may do in the administration pages. Permissions are code, reviewed like code."""

from typing import Any

from jobcenter.accounts.models import Membership, Role, User

ALLOWED: dict[str, frozenset[str]] = {
    Role.AREA_OFFICER: frozenset(
        {
            "feeds.view_arrival",
            "feeds.change_arrival",
            "oversight.view_flag",
            "oversight.change_flag",
            "interventions.view_intervention",
            "interventions.change_intervention",
            "comparison.view_reply",
            "bottlenecks.view_report",
            "bottlenecks.change_report",
            "bottlenecks.view_line",
            "bottlenecks.change_line",
            "bottlenecks.view_stockdelivery",
            "publications.view_publication",
        }
    ),
    Role.NATIONAL: frozenset({"publications.view_publication", "publications.change_publication"}),
}


class RolePermissions:
    """An authentication backend that only answers questions about permissions."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user: User, permission: str, obj: object | None = None) -> bool:
        return permission in self.permissions(user)

    def has_module_perms(self, user: User, app_label: str) -> bool:
        return any(permission.startswith(f"{app_label}.") for permission in self.permissions(user))

    @staticmethod
    def permissions(user: User) -> frozenset[str]:
        if not (user.is_active and user.is_staff):
            return frozenset()
        roles = Membership.objects.filter(user=user).values_list("role", flat=True)
        return frozenset().union(*(ALLOWED.get(role, frozenset()) for role in roles))
