from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SESSION_SALT = "partners.models.users.session"


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The operator who creates the account on the command line vouches for its address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.emailaddress_set.create(email=user.email.lower(), verified=True, primary=True)  # type: ignore[attr-defined]  # allauth's
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person, known by an e-mail address. What the person may do follows from memberships."""

    username = None  # type: ignore[assignment]  # the e-mail address is the name to sign in with
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language of mails"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        db_default="",
        help_text=_("Empty: the portal's first language."),
    )
    session_version = models.PositiveIntegerField(default=0, editable=False)
    """Raised by triggers, whoever changes rights or memberships: every session of before is then over."""

    joins: Any = None
    """The organisation of the invitation by which somebody without an account is coming in."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # AbstractUser's manager wants a username

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_unique_email",
                violation_error_message=_("A person with this e-mail address already exists."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rights_end_sessions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # An object loaded earlier is saved with the version of then: it never goes back.
                func="""
                    NEW.session_version := GREATEST(NEW.session_version, OLD.session_version);
                    IF (OLD.is_active, OLD.is_staff, OLD.is_superuser)
                        IS DISTINCT FROM (NEW.is_active, NEW.is_staff, NEW.is_superuser) THEN
                        NEW.session_version := OLD.session_version + 1;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def has_second_factor(self) -> bool:
        """Whether the person of a request has one: the backend that loads them for it brings this along."""
        return bool(self.__dict__.get("factor_of_request"))

    @property
    def had_second_factor_reset(self) -> bool:
        """Whether the person of a request once had a lost second factor reset; brought along as above."""
        return bool(self.__dict__.get("reset_of_request"))

    @property
    def unread_notices(self) -> int:
        """How many groups of notices the person of a request has not read; brought along as above."""
        return self.__dict__.get("unread_of_request") or 0

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to go on: it changes with the password, the rights and the memberships.

        The backend that loads a person for a request brings the version along; elsewhere it is asked for,
        because triggers change it behind objects that are in use.
        """
        version = self.__dict__.get("version_of_request")
        if version is None:
            version = User.objects.filter(pk=self.pk).values_list("session_version", flat=True).first()
        value = f"{self.password}:{version}"
        return salted_hmac(SESSION_SALT, value, secret=secret, algorithm="sha256").hexdigest()
