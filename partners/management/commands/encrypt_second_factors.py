from typing import Any

from django.core.management.base import BaseCommand

from partners.services.second_factors.stored import encrypt_stored_secrets, hash_recovery_codes


class Command(BaseCommand):
    help = (
        "Encrypts the secrets of second factors by the first of MFA_ENCRYPTION_KEYS, "
        "and hashes recovery codes, as far as they are not."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"secrets encrypted: {encrypt_stored_secrets()}")
        self.stdout.write(f"sets of recovery codes hashed: {hash_recovery_codes()}")
