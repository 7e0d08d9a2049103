"""Which face answers which address."""

from django.urls import include, path

from qyzmet.look import views

urlpatterns = [
    path("til/", views.language, name="language"),
    path("desk/login/", include("qyzmet.look.login_urls")),
    path("desk/", include("qyzmet.desk.urls")),
    path("api/v1/", include("qyzmet.api.urls")),
    path("", include("qyzmet.portal.urls")),
]

handler400 = "qyzmet.look.views.bad_request"
handler403 = "qyzmet.look.views.forbidden"
handler404 = "qyzmet.look.views.missing"
handler500 = "qyzmet.look.views.broken"
handler429 = "qyzmet.look.views.too_many"
