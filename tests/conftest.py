"""One Hypothesis profile for all: the same examples every time, and no deadline on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "cleaner",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("cleaner")
