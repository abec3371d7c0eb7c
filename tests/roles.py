"""One body for each role, for tests that everybody takes part in."""

BODY_OF_ROLE = {
    "contributor": "IHK-142",
    "coordinator": "DIHK",
    "reviewer": "BMAS",
    "data_steward": "BMAS",
    "auditor": "BMAS",
}
EVERYBODY = tuple(BODY_OF_ROLE.items())
