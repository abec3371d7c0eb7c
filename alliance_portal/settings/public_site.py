"""What visitors meet: who runs the installation, how long pages are kept, what releases are signed with."""

import tomllib
from pathlib import Path

from alliance_portal.settings.environment import env

_PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"

# Who runs this installation: for the legal notice, privacy and accessibility pages
OPERATOR = {
    "name": env.str("OPERATOR_NAME", default=""),
    "address": env.list("OPERATOR_ADDRESS", default=[]),  # one line of the address each
    "representative": env.str("OPERATOR_REPRESENTATIVE", default=""),
    "email": env.str("OPERATOR_EMAIL", default=""),
    "phone": env.str("OPERATOR_PHONE", default=""),
    "privacy_email": env.str("OPERATOR_PRIVACY_EMAIL", default=""),
    "accessibility_email": env.str("OPERATOR_ACCESSIBILITY_EMAIL", default=""),
}

# How long a process keeps a public page before it makes it anew
PUBLIC_PAGES_KEPT_SECONDS = 5

# A key is 32 bytes in base64; former public keys verify what they signed
MANIFEST_SIGNING_KEY = env.str("MANIFEST_SIGNING_KEY", default="")
MANIFEST_FORMER_SIGNERS = env.list("MANIFEST_FORMER_SIGNERS", default=[])
SOFTWARE_VERSION: str = tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"]

REPORT_MISSING_PERCENT = env.int("REPORT_MISSING_PERCENT", default=20)
"""How many percent of the submissions due may lack their approval when a report is released."""
