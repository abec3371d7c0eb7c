"""Uploads with malware are refused in words, and what was found is recorded, wherever a file comes in."""

import logging
from typing import BinaryIO

from partners.enums import SecurityEventKind
from partners.exceptions import MalwareRefusedError, NotScannedError
from partners.files import malware
from partners.services.security_events import Sender, record

logger = logging.getLogger(__name__)


def refuse_malware(file: BinaryIO, *, sender: Sender, person_id: int | None) -> None:
    """Before anything opens it. Raises the reason for people; the file is rewound."""
    try:
        finding = malware.finding_in(file)
    except malware.ScannerUnavailableError as error:
        logger.warning("A file cannot be scanned", exc_info=error)
        raise NotScannedError from error
    if finding:
        record(SecurityEventKind.MALWARE_FOUND, sender, person_id=person_id, target=finding)
        raise MalwareRefusedError
