from django.urls import path

from plans.text.views import claims, differences, drafting, lineage

app_name = "text"
urlpatterns = [
    path("", drafting.draft, name="home"),
    path("chapters/new/", drafting.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", drafting.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", drafting.provision, name="provision"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("provisions/<slug:item>/lineage/", lineage.lineage, name="lineage"),
    path("provisions/<slug:item>/split/", lineage.split, name="provision_split"),
    path("provisions/<slug:item>/merge/", lineage.merge, name="provision_merge"),
    path("provisions/<slug:item>/replace/", lineage.replace, name="provision_replace"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<slug:item>/", claims.claim_answer, name="claim_answer"),
    path("terms/", claims.terms, name="terms"),
    path("terms/<int:term>/remove/", claims.term_remove, name="term_remove"),
    path("differences/", differences.choose, name="differences_choose"),
    path(
        "differences/<int:before>/draft/", differences.differences_draft, name="differences_draft"
    ),
    path("items/<slug:item>/differences/", differences.item_differences, name="item_differences"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
]
