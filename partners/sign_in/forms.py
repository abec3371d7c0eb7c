from typing import Any

from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from partners.forms import validate_mail_address
from partners.services import password_resets
from partners.tasks import send_mails_after_commit


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asks the worker for the mail, the same for every address: the answer tells nothing about accounts."""

    def clean_email(self) -> str:
        """Allauth's looks for the account; that is left to the worker."""
        email: str = self.cleaned_data["email"]
        validate_mail_address(email)
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        origin, language = request.build_absolute_uri("/").rstrip("/"), get_language() or "de"
        with transaction.atomic():
            password_resets.request(email=email, origin=origin, language=language)
            send_mails_after_commit()
        return email
