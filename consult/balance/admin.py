from django.contrib import admin

from consult.balance.models import (
    Compensation,
    CompensationAnswer,
    QuotaTransfer,
    QuotaTransferAnswer,
    Settlement,
    SettlementAnswer,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(QuotaTransfer)
class QuotaTransferAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "item", "giver", "taker", "amount", "price", "at"]
    list_select_related = ["plan", "item", "giver", "taker"]
    search_fields = ["plan__key", "item__key", "giver__code", "taker__code"]
    date_hierarchy = "at"


@admin.register(QuotaTransferAnswer)
class QuotaTransferAnswerAdmin(ReadOnlyAdmin):
    list_display = ["transfer", "jurisdiction", "confirms", "at"]
    list_select_related = ["transfer", "jurisdiction"]
    list_filter = ["confirms"]
    search_fields = ["jurisdiction__code"]
    date_hierarchy = "at"


@admin.register(Compensation)
class CompensationAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "title_zh", "payer", "payee", "yearly_amount", "at"]
    list_select_related = ["plan", "payer", "payee"]
    search_fields = ["plan__key", "title_zh", "payer__code", "payee__code"]
    date_hierarchy = "at"


@admin.register(CompensationAnswer)
class CompensationAnswerAdmin(ReadOnlyAdmin):
    list_display = ["compensation", "jurisdiction", "confirms", "at"]
    list_select_related = ["compensation", "jurisdiction"]
    list_filter = ["confirms"]
    search_fields = ["jurisdiction__code"]
    date_hierarchy = "at"


@admin.register(Settlement)
class SettlementAdmin(ReadOnlyAdmin):
    list_display = ["compensation", "transfer", "year", "amount_due", "amount_paid", "at"]
    list_select_related = ["compensation", "transfer"]
    list_filter = ["year"]
    search_fields = ["compensation__title_zh", "year"]
    date_hierarchy = "at"


@admin.register(SettlementAnswer)
class SettlementAnswerAdmin(ReadOnlyAdmin):
    list_display = ["settlement", "confirms", "at"]
    list_select_related = ["settlement"]
    list_filter = ["confirms"]
    search_fields = ["settlement__year"]
    date_hierarchy = "at"
