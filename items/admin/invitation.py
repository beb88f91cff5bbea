"""The desk of invitations: who was asked in, by whom, and what came of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from items import accounts
from items.admin.desk import Desk
from items.models import Invitation
from items.models.invitation import PERMISSION, require

ASKED = ["email", "role"]
TOLD = [
    "state", "inviter", "created_at", "sent_at", "expires_at", "accepted_at", "person", "revoked_at", "revoked_by",
]  # fmt: skip


class InvitationForm(forms.ModelForm):
    """An address and a role, given by somebody."""

    by: Any = None

    # Declared, so that the admin puts no plus and pencil beside it: roles are made under Groups.
    role = forms.ModelChoiceField(Group.objects.order_by("name"), label=_("Role"))

    class Meta:
        model = Invitation
        fields = ASKED
        help_texts = {"email": _("The invitation goes here by mail, and is good once and for a week.")}

    def clean(self):
        """Say beside the field what the verb would refuse."""
        values = super().clean() or {}
        if values.get("role"):
            try:
                require(self.by, values["role"])
            except PermissionDenied:
                self.add_error("role", gettext("This role may do more than you may; ask somebody who has it."))
        if values.get("email"):
            try:
                Invitation.objects.refuse_known(values["email"], at=timezone.now())
            except ValidationError as error:
                self.add_error(None, error)
        return values


@admin.register(Invitation)
class InvitationAdmin(Desk):
    """Whoever may add people invites them. Nothing is changed or deleted here: what was done is kept."""

    form = InvitationForm
    readonly_fields = TOLD
    list_display = ["email", "role", "state", "inviter", "expires_at", "person"]
    list_filter = ["role"]
    list_select_related = ["role", "invited_by", "person"]
    search_fields = ["email", "invited_by_name", "person__username"]
    date_hierarchy = "created_at"
    list_per_page = 50
    actions = ["send_again", "revoke"]

    @admin.display(description=_("state"))
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return gettext("accepted")
        if invitation.revoked_at:
            return gettext("revoked")
        return gettext("waiting") if invitation.is_open(timezone.now()) else gettext("too old")

    @admin.display(description=_("invited by"))
    def inviter(self, invitation: Invitation) -> str:
        by = invitation.invited_by
        return (by.get_full_name() or by.get_username()) if by else invitation.invited_by_name

    def get_fields(self, request, obj=None):
        return [*ASKED, *TOLD] if obj else ASKED

    def get_readonly_fields(self, request, obj=None):
        return TOLD if obj else []

    def save_model(self, request, obj, form, change):
        # Refused by `clean` already where it can be foreseen.
        made = accounts.invite(obj.email, role=obj.role, by=request.user, at=timezone.now())
        obj.__dict__.update(made.__dict__)
        messages.info(request, gettext("The link is on its way to %(email)s.") % {"email": obj.email})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user  # type: ignore[attr-defined] # a class made for this request
        return form

    @admin.action(description=_("Send again, with a new link"))
    def send_again(self, request, queryset):
        self._each(request, queryset, accounts.renew, lambda n: ngettext("%d link sent.", "%d links sent.", n) % n)

    @admin.action(description=_("Revoke"))
    def revoke(self, request, queryset):
        self._each(
            request, queryset, accounts.revoke, lambda n: ngettext("%d invitation revoked.", "%d revoked.", n) % n
        )

    def _each(self, request, queryset, verb, told):
        done = 0
        for invitation in queryset.select_related("role"):
            try:
                verb(invitation, by=request.user, at=timezone.now())
            except ValidationError as error:
                messages.warning(request, f"{invitation}: {error.messages[0]}")
            else:
                done += 1
                self.log_change(request, invitation, told(1))
        if done:
            messages.success(request, told(done))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request):
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
