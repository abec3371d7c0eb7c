"""Between first factor and session: the second factor, here or at the provider."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from partners.sign_in.openid.claims import used_second_factor


class SecondFactorStage(AuthenticateStage):
    """Asks for the factor known here, unless the provider says that it has asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and used_second_factor(getattr(sociallogin, "claims", {})):
            return False
        return bool(super()._should_handle(request))
