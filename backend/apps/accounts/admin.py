"""Users in the Django admin, and the sign-in to it. `admin_records` adds what is only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, ReadOnlyPasswordHashField
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts import admin_records, admin_tokens  # noqa: F401 - they register themselves
from apps.accounts.admin_factors import SecondFactorActions
from apps.accounts.admin_leaving import DELETION_ACTIONS, DELETION_FILTERS, DeletionActions
from apps.accounts.admin_people import PEOPLE_ACTIONS, PeopleActions
from apps.accounts.administration import PLAIN_FIELDS, change_account, create_account, roles_of
from apps.accounts.clients import client_of
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import change_password
from apps.common.admin import ServiceAdmin, ServiceForm
from apps.common.errors import InvalidState

ROLES = [(role.value, role.value.capitalize()) for role in Role if role != Role.READER]
PROFILE = ("display_name", "bio", "avatar_url", "website")


admin.site.unregister(Group)  # roles are groups that the code keeps; they are given to users, not edited


class RolesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(choices=ROLES, required=False, help_text="None makes a reader.")


class UserForm(ServiceForm):
    roles = RolesField()
    password = ReadOnlyPasswordHashField(label="Password")
    """How it is stored, with the hash masked, and the way to set another."""

    class Meta:
        model = User
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = [role.value for role in roles_of(self.instance)]


class NewUserForm(ServiceForm):
    roles = RolesField()
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    class Meta:
        model = User
        fields = ("username", "email", "display_name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            account = User(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
            validate_password(cleaned.get("password", ""), account)
        except ValidationError as problem:
            self.add_error("password", problem)
        return cleaned


class PasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> User:
        """Through the service, which ends the sessions of the account. An empty password makes it one without."""
        account = change_password(
            user=self.user, password=self.cleaned_data["password1"] or None, **vars(self.user).get("acting", {})
        )
        vars(self.user).update(password=account.password, password_version=account.password_version)
        return account


def _acting(request: HttpRequest) -> dict[str, Any]:
    """Who is at it, for the log of what concerns an account's security."""
    return {"by": request.user, "client": client_of(request)}


class RoleActionForm(ActionForm):
    role = forms.ChoiceField(choices=[("", "role …"), *ROLES], required=False, label="")


@admin.register(User)
class UserAdmin(SecondFactorActions, PeopleActions, DeletionActions, ServiceAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    change_password_form = PasswordForm
    action_form = RoleActionForm
    list_display = (
        "username",
        "display_name",
        "email",
        "role_names",
        "is_active",
        "has_second_factor",
        "post_count",
        "comment_count",
        "date_joined",
    )
    list_filter = ("is_active", "groups", "has_second_factor", "is_superuser", *DELETION_FILTERS)
    list_defer = ("password", "bio")
    search_fields = ("username", "display_name", "email")
    date_hierarchy = "date_joined"
    ordering = ("-id",)
    filter_horizontal = ()
    actions = (
        "activate",
        "deactivate",
        "give_role",
        "take_role",
        "remove_second_factors",
        *PEOPLE_ACTIONS,
        *DELETION_ACTIONS,
    )
    readonly_fields = (
        "second_factor",
        "silenced_until",
        "suspended_until",
        "post_count",
        "comment_count",
        "version",
        "last_login",
        "date_joined",
        *PeopleActions.people_fields,
        *DeletionActions.deletion_fields,
    )
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        ("Rights", {"fields": ("is_active", "roles", "is_superuser", "second_factor")}),
        ("Profile", {"fields": PROFILE}),
        ("People", {"fields": PeopleActions.people_fields}),
        ("Sanctions", {"fields": ("silenced_until", "suspended_until")}),
        ("Leaving", {"fields": DeletionActions.deletion_fields}),
        ("Figures", {"fields": ("post_count", "comment_count", "version", "last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "email", "display_name", "password", "roles")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> User | None:
        """With who is at it, for the form of the password, which knows the account alone."""
        user: User | None = super().get_object(request, object_id, from_field)
        if user is not None:
            vars(user)["acting"] = _acting(request)
        return user

    @admin.display(description="roles")
    def role_names(self, user: User) -> str:
        names = [role.value for role in roles_of(user)] or [Role.READER.value]
        return ", ".join([*names, "superuser"] if user.is_superuser else names)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only superusers change the account of a superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # what somebody wrote stays theirs: accounts are deactivated

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        own = () if request.user.is_superuser else ("is_superuser",)
        return (*self.readonly_fields, *own)

    def create(self, request: HttpRequest, form: Any) -> User:
        values = {name: value for name, value in form.cleaned_data.items() if name != "seen_version"}
        return create_account(**{**values, "roles": [Role(name) for name in values["roles"]]}, **_acting(request))

    def change(self, request: HttpRequest, obj: User, form: Any) -> User:
        changes = form.changes
        active = changes.get("is_active")
        if active is False:
            self._refuse_own_account(request, obj)
        return change_account(
            user=obj,
            changes={name: value for name, value in changes.items() if name in PLAIN_FIELDS},
            roles=[Role(name) for name in changes["roles"]] if "roles" in changes else None,
            active=active,
            expected=form.expected,
            **_acting(request),
        )

    def _refuse_own_account(self, request: HttpRequest, user: User) -> None:
        if user.pk == request.user.pk:
            raise InvalidState("You cannot deactivate your own account.")
        self._refuse_superuser(request, user)

    def _refuse_superuser(self, request: HttpRequest, user: User) -> None:
        if not self.has_change_permission(request, user):
            raise InvalidState("Only superusers change the account of a superuser.")

    @admin.action(description="Activate", permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        def step(user: User) -> None:
            self._refuse_superuser(request, user)
            change_account(user=user, changes={}, active=True, **_acting(request))

        self.run_on_each(request, queryset, step, done="activated")

    @admin.action(description="Deactivate, which signs them out", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        def step(user: User) -> None:
            self._refuse_own_account(request, user)
            change_account(user=user, changes={}, active=False, **_acting(request))

        self.run_on_each(request, queryset, step, done="deactivated")

    @admin.action(description="Give the role …", permissions=["change"])
    def give_role(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._change_roles(request, queryset, give=True)

    @admin.action(description="Take away the role …", permissions=["change"])
    def take_role(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._change_roles(request, queryset, give=False)

    def _change_roles(self, request: HttpRequest, queryset: QuerySet[User], *, give: bool) -> None:
        name = request.POST.get("role", "")
        if name not in dict(ROLES):
            self.message_user(request, "Choose a role beside the action.", "error")
            return
        role = Role(name)

        def step(user: User) -> None:
            self._refuse_superuser(request, user)
            others = [held for held in roles_of(user) if held != role]
            wanted = [*others, role] if give else others
            change_account(user=user, changes={}, roles=wanted, **_acting(request))

        done = f"given the role {name}" if give else f"without the role {name}"
        self.run_on_each(request, queryset, step, done=done)
