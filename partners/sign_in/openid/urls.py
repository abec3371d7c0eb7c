"""Addresses by the names that allauth asks for."""

from django.urls import path

from partners.sign_in.openid import views

urlpatterns = [
    path("anbieter/<str:provider_id>/", views.to_provider, name="openid_connect_login"),
    path("anbieter/<str:provider_id>/antwort/", views.from_provider, name="openid_connect_callback"),
]
