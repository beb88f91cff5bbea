"""The desk of people: Django's own, closed against raising oneself."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

ONLY_SUPERUSERS_SET = ("is_superuser", "user_permissions")

if admin.site.is_registered(User):
    admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts. Only a superuser makes one, or touches one."""

    list_display = ["username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login"]

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        # security: whoever may change accounts could otherwise give themselves every right.
        return fields if request.user.is_superuser else (*fields, *ONLY_SUPERUSERS_SET)

    def _is_above(self, request, obj) -> bool:
        return obj is not None and obj.is_superuser and not request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self._is_above(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self._is_above(request, obj)
