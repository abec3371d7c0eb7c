from django.urls import path

from measures.views import catalogue

app_name = "measures"
urlpatterns = [
    path("massnahmen/", catalogue.measure_list, name="measure_list"),
    path("massnahmen/<str:code>/", catalogue.measure_detail, name="measure_detail"),
]
