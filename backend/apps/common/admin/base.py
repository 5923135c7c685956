"""The base of every admin: writes go through services, forms know the version that they show, lists stay quick."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from apps.common.errors import DomainError, FieldProblem, VersionConflict

MAX_BULK = 500
"""Rows that one action changes: each is a transaction of its own, and a request must end."""

HIERARCHY_UP_TO = 20_000
"""Rows up to which a list offers its years and months: finding those reads every row, seconds with a million."""

Step = Callable[[Any], object]


class VerbatimField(forms.CharField):
    """A text as it was typed: no white space stripped, and the line ends that browsers send (CRLF) turned back."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class ServiceForm(forms.ModelForm):
    """Carries the version that it shows in a hidden field, and shows what a service refused at the field it named."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    problem: DomainError | ValidationError | None = None
    field_names: ClassVar[dict[str, str]] = {}
    """Fields of the form that have another name than the service's."""
    current_url = ""
    """Where the saved version is, for those whose form is stale."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen_version" in self.fields and self.instance.pk:
            self.initial["seen_version"] = self.instance.version

    @property
    def expected(self) -> set[int]:
        """The versions that the write may be based on. A form that lost its version is based on none."""
        seen = self.cleaned_data.get("seen_version")
        return set() if seen is None else {seen}

    @property
    def changes(self) -> dict[str, Any]:
        """The values that differ from those shown."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "seen_version"}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if isinstance(self.problem, VersionConflict):
            self.add_error(None, _conflict(self.current_url))
        elif isinstance(self.problem, ValidationError):
            self.add_error(None, self.problem)
        elif isinstance(self.problem, FieldProblem):
            name = self.field_names.get(self.problem.field, self.problem.field)
            self.add_error(name if name in self.fields else None, self.problem.message)
        elif self.problem is not None:
            self.add_error(None, self.problem.message)
        return cleaned


class LeanChangeList(ChangeList):
    """Reads only the columns that the list shows: no bodies, no password hashes."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        return rows.defer(*getattr(self.model_admin, "list_defer", ()))

    def get_results(self, request: HttpRequest) -> None:
        """The page; a list that is too long for a date hierarchy gets it once it is filtered."""
        super().get_results(request)
        if self.result_count > HIERARCHY_UP_TO:
            self.date_hierarchy = None


class ServiceAdmin(admin.ModelAdmin):
    """An admin that leaves every write to services. Subclasses implement `create`, `change` and `remove`."""

    form: Any = ServiceForm
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    list_defer: ClassVar[tuple[str, ...]] = ()
    save_on_top = True
    formfield_overrides = {
        models.TextField: {"form_class": VerbatimField},
        models.URLField: {"assume_scheme": "https"},
    }

    def create(self, request: HttpRequest, form: Any) -> Model:
        """Create what the form describes and answer it."""
        raise NotImplementedError

    def change(self, request: HttpRequest, obj: Any, form: Any) -> Model:
        """Bring the changes of the form to the object and answer it as it is then."""
        raise NotImplementedError

    def remove(self, request: HttpRequest, obj: Any) -> object:
        """Delete the object."""
        raise NotImplementedError

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LeanChangeList

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.problem = getattr(request, "service_problem", None)
        form.current_url = self._url("change", obj.pk) if obj is not None else ""
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """As declared, with the version in a row that nobody sees."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self._carries_version(request, obj):
            return fieldsets
        (title, options), *others = fieldsets
        shown = [name for name in options["fields"] if name != "seen_version"]
        return [(title, {**options, "fields": [*shown, "seen_version"]}), *others]

    def _carries_version(self, request: HttpRequest, obj: Any) -> bool:
        has_version = "seen_version" in getattr(self.form, "base_fields", {})
        return obj is not None and has_version and self.has_change_permission(request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As Django's. What a service refuses is shown in the form, with all that was typed; nothing is saved then."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (DomainError, ValidationError) as problem:
            request.service_problem = problem  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """As Django's. Where a service refuses one of those that are to be deleted, none is."""
        if request.POST.get("action") != "delete_selected":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except DomainError as problem:
            self.message_user(request, f"Nothing was deleted. {problem.message}", messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except DomainError as problem:
            self.message_user(request, problem.message, messages.ERROR)
            return HttpResponseRedirect(self._url("changelist"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        saved = self.change(request, obj, form) if change else self.create(request, form)
        vars(obj).clear()  # the object that Django goes on with becomes the one that the service saved
        vars(obj).update(vars(saved))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Inlines only: relations of the object itself were the service's business."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.remove(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            for obj in queryset:
                self.remove(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go: counted, not listed one by one, since thousands of rows may hang on a single one."""
        rows = list(objs)
        refused = {self.opts.verbose_name for row in rows if not self.has_delete_permission(request, row)}
        counts = {str(self.opts.verbose_name_plural): len(rows), **self.count_dependents(rows)}
        return [str(row) for row in rows[:100]], counts, refused, self.list_protecting(rows)

    def count_dependents(self, rows: list[Any]) -> dict[str, int]:
        """Names and numbers of what goes with the rows."""
        return {}

    def list_protecting(self, rows: list[Any]) -> list[str]:
        """What stands in the way of deleting the rows, in words."""
        return []

    def run_on_each(self, request: HttpRequest, queryset: QuerySet[Any], step: Step, *, done: str) -> None:
        """Carry out a bulk action row by row; rows that refuse are named with their reason. `done`: "published"."""
        if queryset.count() > MAX_BULK:
            self.message_user(request, f"Select at most {MAX_BULK} at a time.", messages.ERROR)
            return
        changed, refused = [], []
        for row in queryset:
            try:
                with transaction.atomic():
                    step(row)
            except DomainError as problem:
                refused.append(f"{row}: {problem.message}")
            else:
                changed.append(row.pk)
        if changed:
            rows = self.model._default_manager.filter(pk__in=changed)
            LogEntry.objects.log_actions(
                user_id=str(request.user.pk), queryset=rows, action_flag=CHANGE, change_message=capfirst(done)
            )
            noun = self.opts.verbose_name if len(changed) == 1 else self.opts.verbose_name_plural
            self.message_user(request, f"{len(changed)} {noun} {done}.", messages.SUCCESS)
        self._report_refused(request, refused)

    def _report_refused(self, request: HttpRequest, refused: Iterable[str]) -> None:
        lines = list(refused)
        for line in lines[:5]:
            self.message_user(request, line, messages.WARNING)
        if len(lines) > 5:
            self.message_user(request, f"… and {len(lines) - 5} more were left as they are.", messages.WARNING)

    def _url(self, view: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)


class ReadOnlyAdmin(ServiceAdmin):
    """A table to look at."""

    form = forms.ModelForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _conflict(current_url: str) -> str:
    return format_html(
        "Somebody saved this while you were editing it, so your changes have not been saved. They are still in "
        'this form: <a href="{}" target="_blank" rel="noopener">open the current version in a new tab</a> and bring '
        "them together there.",
        current_url,
    )
