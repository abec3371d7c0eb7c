"""The shape of what people type about themselves and others."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.enums import Role, SecurityEventKind
from partners.models import Invitation, User
from partners.models.factor_resets import LONGEST_TEXT
from partners.permissions import Access, may_reset_factors


class OrganisationSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search by name, place or code"), max_length=100, required=False, widget=forms.TextInput
    )


class InvitationForm(forms.Form):
    """Offers only the roles that the inviting person may give."""

    email = forms.EmailField(
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


class FactorResetForm(forms.Form):
    """Whose second factor is lost; the value of ``email`` is the person."""

    email = forms.EmailField(
        label=_("E-mail address of the account"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    identity_check = forms.CharField(
        label=_("How the identity was checked"),
        help_text=_("Who was spoken to, when and how, and what made sure that it was them."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
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


class SecurityEventFilterForm(forms.Form):
    person = forms.CharField(
        label=_("Person, by name or e-mail address"), max_length=100, required=False, widget=forms.TextInput
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *SecurityEventKind.choices]
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
