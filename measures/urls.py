from django.urls import path

from measures.views import catalogue, imports

app_name = "measures"
urlpatterns = [
    path("massnahmen/", catalogue.measure_list, name="measure_list"),
    path("massnahmen/<str:code>/", catalogue.measure_detail, name="measure_detail"),
    path("import/", imports.import_list, name="import_list"),
    path("import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("import/<int:pk>/zuordnung/", imports.import_mapping, name="import_mapping"),
    path("import/<int:pk>/uebernehmen/", imports.import_apply, name="import_apply"),
    path("import/<int:pk>/verwerfen/", imports.import_discard, name="import_discard"),
    path("import/<int:pk>/datei/", imports.import_file, name="import_file"),
]
