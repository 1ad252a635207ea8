from django.contrib import admin

from consult.matters.models import (
    AgreementAnswer,
    Commitment,
    CommitmentEvent,
    CommitmentNeed,
    Matter,
    MatterAgreement,
    MatterFact,
    MatterMove,
    MatterOption,
    OptionEffect,
    OptionStance,
    OptionVersion,
    OptionWithdrawal,
    Stand,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Matter)
class MatterAdmin(ReadOnlyAdmin):
    list_display = ["key", "plan", "title_zh", "theme", "level", "outcome"]
    list_filter = ["theme", "level", "outcome"]
    search_fields = ["key", "title_zh", "title_en", "plan__key"]
    list_select_related = ["plan"]
    date_hierarchy = "opened_at"


@admin.register(MatterMove)
class MatterMoveAdmin(ReadOnlyAdmin):
    list_display = ["matter", "kind", "level", "outcome", "at"]
    list_filter = ["kind", "level"]
    list_select_related = ["matter"]
    search_fields = ["matter__key", "matter__title_zh"]
    date_hierarchy = "at"


@admin.register(Stand)
class StandAdmin(ReadOnlyAdmin):
    list_display = ["matter", "jurisdiction", "value", "at"]
    list_filter = ["value"]
    list_select_related = ["matter", "jurisdiction"]
    search_fields = [
        "matter__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"


@admin.register(MatterFact)
class MatterFactAdmin(ReadOnlyAdmin):
    list_display = ["matter", "number", "source", "jurisdiction", "at"]
    list_select_related = ["matter", "jurisdiction"]
    search_fields = ["matter__key", "source"]
    date_hierarchy = "at"


@admin.register(MatterOption)
class MatterOptionAdmin(ReadOnlyAdmin):
    list_display = ["matter", "label", "jurisdiction", "at"]
    list_select_related = ["matter", "jurisdiction"]
    search_fields = ["matter__key", "matter__title_zh"]
    date_hierarchy = "at"


@admin.register(OptionVersion)
class OptionVersionAdmin(ReadOnlyAdmin):
    list_display = ["option", "number", "at"]
    list_select_related = ["option"]
    search_fields = ["option__matter__key"]
    date_hierarchy = "at"


@admin.register(OptionEffect)
class OptionEffectAdmin(ReadOnlyAdmin):
    list_display = ["version", "jurisdiction", "text_zh"]
    list_select_related = ["version", "jurisdiction"]
    search_fields = ["version__option__matter__key"]


@admin.register(OptionStance)
class OptionStanceAdmin(ReadOnlyAdmin):
    list_display = ["version", "jurisdiction", "value", "at"]
    list_filter = ["value"]
    list_select_related = ["version", "jurisdiction"]
    search_fields = ["version__option__matter__key", "jurisdiction__code"]
    date_hierarchy = "at"


@admin.register(OptionWithdrawal)
class OptionWithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["option", "at"]
    list_select_related = ["option"]
    search_fields = ["option__matter__key"]
    date_hierarchy = "at"


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ["matter", "number", "holder", "due_on", "at"]
    list_select_related = ["matter", "holder"]
    search_fields = ["matter__key", "holder__code"]
    date_hierarchy = "at"


@admin.register(CommitmentNeed)
class CommitmentNeedAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "needs"]
    list_select_related = ["commitment", "needs"]
    search_fields = ["commitment__matter__key"]


@admin.register(CommitmentEvent)
class CommitmentEventAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "kind", "jurisdiction", "at"]
    list_filter = ["kind"]
    list_select_related = ["commitment", "jurisdiction"]
    search_fields = ["commitment__matter__key"]
    date_hierarchy = "at"


@admin.register(MatterAgreement)
class MatterAgreementAdmin(ReadOnlyAdmin):
    list_display = ["matter", "number", "jurisdiction", "at"]
    list_select_related = ["matter", "jurisdiction"]
    search_fields = ["matter__key"]
    date_hierarchy = "at"


@admin.register(AgreementAnswer)
class AgreementAnswerAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "jurisdiction", "confirms", "at"]
    list_filter = ["confirms"]
    list_select_related = ["agreement", "jurisdiction"]
    search_fields = ["agreement__matter__key"]
    date_hierarchy = "at"
