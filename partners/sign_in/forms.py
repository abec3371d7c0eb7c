from typing import Any

from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django.http import HttpRequest
from django.utils.translation import get_language

from partners.tasks import request_password_reset_after_commit


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asks the worker for the mail, the same for every address: the answer tells nothing about accounts."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        request_password_reset_after_commit(
            email=email, origin=request.build_absolute_uri("/").rstrip("/"), language=get_language() or "de"
        )
        return email
