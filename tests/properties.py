"""How deep the properties go.

``make test`` runs few examples, the same each time; ``make test-long`` many, at random; ``.ci/run``, which
has to end in time, a sixth of those. A property states no settings of its own; one whose examples cost more
or less than most takes a ``share`` of them.
"""

from hypothesis import HealthCheck, settings

SUITE, BRIEF, LONG, FUZZ = "suite", "brief", "long", "fuzz"


def register_profiles() -> None:
    """Register all depths and choose that of ``make test``; ``--hypothesis-profile`` chooses another.

    Where ``CI`` is set, hypothesis would run every profile the same each time unless it says otherwise.
    Health checks measure the speed of the machine; examples of whole files are slow and large on any.
    """
    common = settings(
        deadline=None,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.large_base_example,
            HealthCheck.function_scoped_fixture,
        ],
    )
    settings.register_profile(SUITE, common, derandomize=True, max_examples=25)
    settings.register_profile(BRIEF, common, derandomize=False, print_blob=True, max_examples=100)
    settings.register_profile(LONG, common, derandomize=False, print_blob=True, max_examples=600)
    settings.register_profile(FUZZ, common, derandomize=False, print_blob=True, max_examples=2000)
    settings.load_profile(SUITE)


def share(part: float) -> settings:
    """The settings of a property that is given this part of the examples."""
    return settings(max_examples=max(1, round(settings().max_examples * part)))
