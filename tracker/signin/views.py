"""allauth's pages as the register shows them: only those that staff need, each with its own template.

Whoever has a second factor and has not shown it in this session manages nothing: a password alone must not take the
factor away, nor add another one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tracker.models import User
from tracker.signin import second_factor
from tracker.signin.adapter import SecondFactors

View = Callable[..., Any]


def log_in(request: HttpRequest) -> HttpResponse:
    """Name and password; allauth goes on to the second factor. An account without a role has no desk to go to."""
    if isinstance(request.user, User) and not request.user.is_staff:
        return render(request, "account/no_desk.html")
    return LoginView.as_view()(request)


def managing(view: View) -> View:
    """For whoever manages their own second factors."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(request.user, User):
            return HttpResponseRedirect(f"{reverse('admin:login')}?next={request.path}")
        if second_factor.has_one(request.user) and not second_factor.was_shown(request):
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?next={request.path}")
        return view(request, *args, **kwargs)

    return inner


class ActivateTOTP(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        made = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        second_factor.note_shown(self.request, made)
        return response


class AddPasskey(webauthn.AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        keys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        second_factor.note_shown(self.request, keys.latest("pk"))
        return response


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """allauth asks only its other form whether the last factor may go."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not SecondFactors().can_delete_authenticator(self.get_object()):
            adapter.add_message(
                self.request, "error", message="Add another second factor before this one goes."
            )
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().form_valid(form)


log_out = LogoutView.as_view()
reauthenticate = ReauthenticateView.as_view()
authenticate = mfa.AuthenticateView.as_view()
show_again = mfa.ReauthenticateView.as_view()
show_passkey_again = webauthn.ReauthenticateWebAuthnView.as_view()
index = managing(mfa.IndexView.as_view())
activate = managing(ActivateTOTP.as_view())
deactivate = managing(totp.DeactivateTOTPView.as_view())
recovery_codes = managing(codes.ViewRecoveryCodesView.as_view())
new_recovery_codes = managing(codes.GenerateRecoveryCodesView.as_view())
add_passkey = managing(AddPasskey.as_view())
passkeys = managing(webauthn.ListWebAuthnView.as_view())
remove_passkey = managing(RemovePasskey.as_view())
