from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest  # noqa: TID251  # an adapter is allauth's view layer


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an account begins with an invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
