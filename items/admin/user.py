"""The desk of people: Django's own, closed against raising oneself."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items import accounts
from items.accounts.factors import FACTORS
from items.admin.desk import Desk

ONLY_SUPERUSERS_SET = ("is_superuser", "user_permissions")

for model in (User, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Group)
class RoleAdmin(Desk, GroupAdmin):
    """Roles. Who may only look at one sees its permissions as text."""

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("permissions__content_type")


@admin.register(User)
class PersonAdmin(Desk, UserAdmin):
    """Accounts. People are invited; only a superuser makes an account by hand, or touches another superuser's."""

    list_display = ["username", "full_name", "email", "roles", "is_active", "second_factor", "last_login"]
    list_per_page = 50
    actions = ["remove_second_factors"]

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(factors)).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":  # there are few
            kwargs["widget"] = forms.CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, person) -> str:
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, person) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))

    @admin.display(description=_("second factor"), boolean=True, ordering="has_factor")
    def second_factor(self, person) -> bool:
        return person.has_factor

    def get_readonly_fields(self, request, obj=None):
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        # security: whoever may change accounts could otherwise give themselves every right.
        return fields if request.user.is_superuser else (*fields, *ONLY_SUPERUSERS_SET)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change or "email" in form.changed_data:
            accounts.set_address(obj, obj.email)

    @admin.action(description=_("Remove passkeys, apps and codes (for who has lost them)"), permissions=["change"])
    def remove_second_factors(self, request, queryset):
        for person in queryset:
            try:
                removed = accounts.remove_second_factors(person, by=request.user, at=timezone.now())
            except PermissionDenied:
                messages.error(request, gettext("%(name)s: you may not do this.") % {"name": person})
                continue
            if removed:
                self.log_change(request, person, gettext("Second factors removed."))
            messages.success(request, gettext("%(name)s signs in by password alone now.") % {"name": person})

    def _is_above(self, request, obj) -> bool:
        return obj is not None and obj.is_superuser and not request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self._is_above(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self._is_above(request, obj)
