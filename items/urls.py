"""The addresses of the public site."""

from django.http import HttpResponse
from django.urls import path

app_name = "items"
urlpatterns = [path("news/<int:pk>/<slug:slug>/", lambda request, pk, slug: HttpResponse(), name="item")]
