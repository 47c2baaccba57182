"""The addresses of signing in, under the names by which allauth looks for them. No other page of its is served."""

from django.urls import path

from tracker.signin import views

urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("logout/", views.log_out, name="account_logout"),
    path("account/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", views.index, name="mfa_index"),
    path("account/second-factor/show/", views.authenticate, name="mfa_authenticate"),
    path("account/second-factor/show-again/", views.show_again, name="mfa_reauthenticate"),
    path("account/second-factor/app/", views.activate, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", views.deactivate, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path(
        "account/second-factor/passkeys/show-again/",
        views.show_passkey_again,
        name="mfa_reauthenticate_webauthn",
    ),
]
