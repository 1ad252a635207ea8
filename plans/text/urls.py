from django.urls import path

from plans.text.views import (
    amendments,
    chapters,
    differences,
    drafting,
    editing,
    moving,
    notes,
    reading,
)

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
    path("chapters/new/", chapters.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/edit/", chapters.chapter_edit, name="chapter_edit"),
    path("chapters/<slug:chapter>/move/", chapters.chapter_move, name="chapter_move"),
    path("chapters/<slug:chapter>/remove/", chapters.chapter_remove, name="chapter_remove"),
    path("chapters/<slug:chapter>/new/", editing.provision_add, name="provision_add"),
    path("chapters/<slug:chapter>/new/typed/", editing.chapter_typed, name="chapter_typed"),
    path("chapters/<slug:chapter>/new/discard/", editing.chapter_discard, name="chapter_discard"),
    path("moves/", moving.moves, name="moves"),
    path("notes/<int:note>/resolve/", notes.note_resolve, name="note_resolve"),
    path("provisions/<slug:item>/", editing.provision, name="provision"),
    path("provisions/<slug:item>/typed/", editing.provision_typed, name="provision_typed"),
    path("provisions/<slug:item>/discard/", editing.provision_discard, name="provision_discard"),
    path("provisions/<slug:item>/notes/", notes.notes, name="notes"),
    path("provisions/<slug:item>/history/", notes.history, name="history"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
]
