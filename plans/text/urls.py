from django.urls import path

from plans.text.views import amendments, differences, drafting, reading

app_name = "text"
urlpatterns = [
    path("", drafting.draft, name="home"),
    path("amendments/", amendments.amendment_list, name="amendments"),
    path("amendments/<int:number>/", amendments.amendment, name="amendment"),
    path("amendments/<int:number>/apply/", amendments.amendment_apply, name="amendment_apply"),
    path(
        "amendments/<int:number>/decline/", amendments.amendment_decline, name="amendment_decline"
    ),
    path(
        "amendments/<int:number>/withdraw/",
        amendments.amendment_withdraw,
        name="amendment_withdraw",
    ),
    path("provisions/<slug:item>/amend/", amendments.amendment_add, name="amendment_add"),
    path("provisions/<slug:item>/credits/", amendments.item_credits, name="credits"),
    path("beside/", reading.beside, name="beside"),
    path("read/", reading.read, name="read"),
    path("chapters/new/", drafting.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", drafting.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", drafting.provision, name="provision"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
]
