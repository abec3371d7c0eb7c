"""Codes that are good once: recovery codes, of which the database holds hashes alone, and those of apps.

allauth derives recovery codes from a seed that it stores: whoever has the seed has the codes. Here each code
is drawn by itself, long enough (120 bits) for a salted SHA-256 to be all that has to be kept. Sets from
before, of eight digits, are kept as hashes of a password's kind once ``convert_seed`` has gone over them.

Which code of an app was the last is kept with its secret (RFC 6238, section 5.2). allauth keeps it in the
cache, which may forget it, and while Valkey is out of reach each process has its own.

allauth offers no setting for its classes; ``take_over`` puts these into their place, for all of its pages.
"""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal import flows as totp_flows
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from partners.sign_in.stored_secrets import decrypted, encrypted

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LENGTH, GROUP = 24, 4
SALT_BYTES = 16
METHOD = "sha256"
HIDDEN = "****"
UNSEEN = "unseen_recovery_codes"
"""In the session: codes on their way to the page that shows them, encrypted."""
UNSEEN_SECONDS = 600
LAST_COUNTER = "last_counter"
"""In what is kept of an app: the half minute of the last code that was used."""


class HashedRecoveryCodes(auth.RecoveryCodes):
    """What is known of the codes themselves is known only to the object, or session, that drew them."""

    instance: Authenticator

    def __init__(self, instance: Authenticator) -> None:
        super().__init__(instance)
        self._drawn: list[str] | None = None

    @classmethod
    def activate(cls, user: AbstractBaseUser) -> "HashedRecoveryCodes":
        kept = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
        if kept:
            return cls(kept)
        codes = [_draw() for _number in range(app_settings.RECOVERY_CODE_COUNT)]
        instance = Authenticator.objects.create(
            user_id=user.pk,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"hashed_codes": [_hashed(code) for code in codes]},
        )
        new = cls(instance)
        new._drawn = codes
        new._hand_over(codes)
        return new

    def generate_codes(self) -> list[str]:
        """The codes where they are known, for a set from before its own methods, else as many signs."""
        if "seed" in self.instance.data:
            return list(super().generate_codes())
        return self._drawn or [HIDDEN] * app_settings.RECOVERY_CODE_COUNT

    def get_unused_codes(self) -> list[str]:
        return self._drawn or [HIDDEN] * self._count_unused()

    @property
    def did_view(self) -> bool:
        """Whether they cannot be shown any more."""
        return self._drawn is None and self._handed_over() is None

    def mark_as_viewed(self) -> None:
        """Take the codes out of the session, for the page that is being made."""
        self._drawn = self._drawn or self._handed_over()
        if context.request is not None:
            context.request.session.pop(UNSEEN, None)

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether it is one of them; it is none afterwards."""
        current = Authenticator.objects.select_for_update().filter(pk=self.instance.pk).first()
        if current is None:  # replaced by others a moment ago
            return False
        self.instance = current
        if "hashed_codes" not in self.instance.data:
            return bool(super().validate_code(code))
        kept = self.instance.data["hashed_codes"]
        used = next((place for place, each in enumerate(kept) if _matches(code, each)), None)
        if used is None:
            return False
        del kept[used]
        self.instance.save(update_fields=["data"])
        return True

    def convert_seed(self) -> bool:
        """Keep hashes of what is left of a set that comes from a seed, and forget the seed."""
        if "seed" not in self.instance.data:
            return False
        left = super().get_unused_codes()
        self.instance.data = {"hashed_codes": [make_password(code) for code in left]}
        self.instance.save(update_fields=["data"])
        return True

    def _count_unused(self) -> int:
        if "hashed_codes" in self.instance.data:
            return len(self.instance.data["hashed_codes"])
        return app_settings.RECOVERY_CODE_COUNT - int(self.instance.data["used_mask"]).bit_count()

    def _hand_over(self, codes: list[str]) -> None:
        if context.request is not None:
            context.request.session[UNSEEN] = {
                "of": self.instance.pk,
                "at": time.time(),
                "codes": encrypted(json.dumps(codes)),
            }

    def _handed_over(self) -> list[str] | None:
        kept: dict[str, Any] = context.request.session.get(UNSEEN, {}) if context.request is not None else {}
        if kept.get("of") != self.instance.pk or time.time() - kept["at"] > UNSEEN_SECONDS:
            return None
        codes: list[str] = json.loads(decrypted(kept["codes"]))
        return codes


class OnceOnlyTOTP(totp.TOTP):
    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Whether it is the code of a half minute of which none was used, nor of one after it."""
        kept = Authenticator.objects.select_for_update().filter(pk=self.instance.pk).first()
        if kept is None:  # removed a moment ago
            return False
        secret, last = decrypted(kept.data["secret"]), kept.data.get(LAST_COUNTER, -1)
        for counter in totp.yield_hotp_counters_from_time():
            expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
            if counter > last and compare_user_code(actual=code, expected=expected):
                kept.data[LAST_COUNTER] = counter
                kept.save(update_fields=["data"])
                return True
        return False


def take_over() -> None:
    auth.RecoveryCodes = flows.RecoveryCodes = HashedRecoveryCodes
    totp.TOTP = totp_flows.TOTP = OnceOnlyTOTP


def _draw() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _plain(code: str) -> str:
    """As drawn, however it was typed."""
    return "".join(sign for sign in code.upper() if sign in ALPHABET)


def _hashed(code: str, salt: str = "") -> str:
    salt = salt or secrets.token_hex(SALT_BYTES)
    return f"{METHOD}${salt}${hashlib.sha256(f'{salt}{_plain(code)}'.encode()).hexdigest()}"


def _matches(code: str, kept: str) -> bool:
    method, _, rest = kept.partition("$")
    if method == METHOD:
        return hmac.compare_digest(_hashed(code, rest.partition("$")[0]), kept)
    digits = "".join(code.split())
    return digits.isdecimal() and check_password(digits, kept)
