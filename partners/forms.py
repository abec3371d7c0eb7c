"""The shape of what people type about themselves and others."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.enums import Role
from partners.models import Invitation, User
from partners.models.factor_resets import LONGEST_TEXT
from partners.models.impersonations import LONGEST_REASON
from partners.permissions import Access, may_reset_factors
from partners.selectors.notices import Preference

if TYPE_CHECKING:
    from django.db.models import QuerySet


LONGEST_ADDRESS = 254


def validate_mail_address(address: str) -> None:
    """Refuse what no column holds, and what looks like an address to which no mail can be written."""
    validate_email(address)
    try:
        sanitize_address(address, "utf-8")
    except ValueError as error:
        raise ValidationError(validate_email.message, code=validate_email.code) from error
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(validate_email.message, code=validate_email.code)


class MailAddressField(forms.EmailField):
    default_validators = [validate_mail_address]


class ReasonField(forms.CharField):
    """The reason for a step; left empty where one is needed, it asks for a reason."""

    default_error_messages = {"required": _("Give a reason.")}


class OrganisationSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search by name, place or code"), max_length=100, required=False, widget=forms.TextInput
    )


class InvitationForm(forms.Form):
    """Offers only the roles that the inviting person may give."""

    email = MailAddressField(
        label=_("E-mail address"),
        help_text=_("The link goes there. It works once and for 14 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].initial = roles[0].value

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewAccountForm(forms.Form):
    """The name and password of somebody who was invited."""

    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and "password_again" in cleaned and password != cleaned["password_again"]:
            self.add_error("password_again", _("The two passwords are not the same."))
        if password:
            person = User(
                email=self.invitation.email,
                first_name=cleaned.get("first_name", ""),
                last_name=cleaned.get("last_name", ""),
            )
            person.joins = self.invitation.organisation  # whose name the password may not be made of
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class HandOverForm(forms.Form):
    """When somebody leaves, and who goes on: colleagues, or people who are invited."""

    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("The roles end after this day. Yesterday ends them at once."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    successors = forms.ModelMultipleChoiceField(
        label=_("Colleagues who take over"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    addresses = forms.CharField(
        label=_("E-mail addresses of others who take over"),
        help_text=_("One a line. Each gets an invitation to the roles that end."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    withdraws_invitations = forms.BooleanField(
        label=_("Withdraw the open invitations that this person has sent"), required=False
    )

    def __init__(
        self, *args: Any, colleagues: "QuerySet[User]", has_invitations: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
        self.fields["successors"].queryset = colleagues  # type: ignore[attr-defined]  # a choice field
        if not colleagues:
            del self.fields["successors"]
        if not has_invitations:
            del self.fields["withdraws_invitations"]

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if day < timezone.localdate() - dt.timedelta(days=1):
            raise ValidationError(_("What has been done since cannot be undone. Choose yesterday or later."))
        return day

    def clean_addresses(self) -> list[str]:
        found = list(dict.fromkeys(self.cleaned_data["addresses"].split()))
        for address in found:
            validate_mail_address(address)
        return found

    def clean(self) -> dict[str, Any]:
        return {"successors": [], "withdraws_invitations": False} | (super().clean() or {})


class ImpersonationForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The person reads it on the page of their sessions."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FactorResetForm(forms.Form):
    """Whose second factor is lost; the value of ``email`` is the person."""

    email = MailAddressField(
        label=_("E-mail address of the account"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    identity_check = forms.CharField(
        label=_("How the identity was checked"),
        help_text=_("Who was contacted, when and how, and what proved that it was the right person."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("What was lost, and how."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access

    def clean_email(self) -> User:
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise ValidationError(_("There is no active account with this address."))
        if not may_reset_factors(self.access, person):
            raise ValidationError(_("You may not reset the second factor of this account."))
        return person


class NoticePreferencesForm(forms.Form):
    """What comes by mail, and in which language. What is legally due is not among the choices."""

    language = forms.ChoiceField(
        label=_("Language of mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    by_mail = forms.MultipleChoiceField(
        label=_("By mail as well"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most one mail a day, with everything that is new. In the portal you find all of it."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, user: User, preferences: Sequence[Preference]
    ) -> None:
        self.mandatory = [each.kind for each in preferences if each.kind.is_mandatory]
        optional = [each for each in preferences if not each.kind.is_mandatory]
        initial = {
            "language": user.language or settings.LANGUAGE_CODE,
            "by_mail": [each.kind.code for each in optional if each.by_mail],
        }
        super().__init__(data, initial=initial)
        self._optional = [each.kind.code for each in optional]
        self.fields["by_mail"].choices = [(each.kind.code, each.kind.label) for each in optional]  # type: ignore[attr-defined]  # a choice field

    @property
    def unwanted(self) -> list[str]:
        """The kinds that are not ticked, of a form that is valid."""
        return [code for code in self._optional if code not in self.cleaned_data["by_mail"]]


class BarrierForm(forms.Form):
    """What a visitor reports about the accessibility of the portal."""

    message = forms.CharField(
        label=_("What is the barrier?"),
        help_text=_("Describe what you wanted to do and what went wrong. No personal data are needed."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    page = forms.CharField(
        label=_("Address of the page"), max_length=300, required=False, widget=forms.TextInput
    )
    reply_to = MailAddressField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PageTextForm(forms.Form):
    """The text of a public page. ``seen``: the version that the person had in front of them."""

    body = forms.CharField(
        label=_("Text"),
        help_text=_(
            "Markdown: ## heading, **bold**, * list, [text](address). An empty text restores the one that "
            "comes with the portal."
        ),
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
