"""The desk of sign-ins: who came in, and who tried. Read only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from items.admin.desk import Desk
from items.models import SignIn
from items.models.invitation import PERMISSION


@admin.register(SignIn)
class SignInAdmin(Desk):
    """All sign-ins, for those who look after people; everybody sees their own under their account."""

    list_display = ["at", "who", "how", "succeeded", "device", "address"]
    list_display_links = None
    list_filter = ["succeeded", "how", "at"]
    list_select_related = ["person"]
    search_fields = ["person__username", "person__last_name", "person__email", "address"]
    date_hierarchy = "at"
    list_per_page = 50
    fields = ["at", "who", "how", "succeeded", "device", "address"]
    actions = None

    @admin.display(description=_("person"), ordering="person__username")
    def who(self, sign_in: SignIn) -> str:
        return (sign_in.person.get_full_name() or sign_in.person.get_username()) if sign_in.person else ""

    @admin.display(description=_("browser"))
    def device(self, sign_in: SignIn) -> str:
        return sign_in.device

    def has_module_permission(self, request):
        return request.user.has_perm(PERMISSION)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
