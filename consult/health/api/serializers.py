"""What programs send to and read of a health check."""

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consult.ballots.enums import Outcome
from consult.health.enums import CheckKind, CheckStage, Comparison
from consult.health.models import CheckReport
from consult.health.queries import Whole
from consult.health.shown import border_lines
from plans.register.api.given import InstantField

CODE = r"^[1-9]\d{5}$"
FILES: dict[str, Any] = {
    "help_text": _("The id of a file kept before (uploads)."),
    "allow_null": True,
}


class CheckSerializer(serializers.Serializer[Any]):
    """A check in a list."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(CheckKind.choices)
    year = serializers.IntegerField()
    due_at = serializers.DateTimeField()
    stage = serializers.ChoiceField(CheckStage.choices)
    missing = serializers.DictField(child=serializers.IntegerField())


class CheckSideSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField()
    is_stated = serializers.BooleanField()
    value = serializers.CharField(allow_blank=True)
    source: Any = serializers.CharField(allow_blank=True)


class CheckBorderSerializer(serializers.Serializer[Any]):
    """A border item as the reader may see it."""

    number = serializers.IntegerField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    unit_zh = serializers.CharField()
    tolerance = serializers.CharField()
    owner = CheckSideSerializer()
    reader = CheckSideSerializer()
    result = serializers.ChoiceField(Comparison.choices)


class CheckTextSerializer(serializers.Serializer[Any]):
    section = serializers.IntegerField()
    jurisdiction = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    at = serializers.DateTimeField()


class CheckFindingSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    jurisdictions = serializers.ListField(child=serializers.CharField())
    matter = serializers.CharField(allow_null=True)


class CheckDetailSerializer(CheckSerializer):
    texts = CheckTextSerializer(many=True)
    border = CheckBorderSerializer(many=True)
    findings = CheckFindingSerializer(many=True)
    edition = serializers.IntegerField(allow_null=True)


class OpenCheckSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(CheckKind.choices)
    year = serializers.IntegerField(min_value=1900, max_value=2200)
    due_on = serializers.DateField()
    sections = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    takes_last = serializers.BooleanField(default=False)


class AddBorderSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200, allow_blank=True, default="")
    title_en = serializers.CharField(max_length=300, allow_blank=True, default="")
    unit_zh = serializers.CharField(max_length=60, allow_blank=True, default="")
    unit_en = serializers.CharField(max_length=60, allow_blank=True, default="")
    owner = serializers.RegexField(CODE)
    reader = serializers.RegexField(CODE)
    tolerance = serializers.DecimalField(max_digits=18, decimal_places=6, default=Decimal(0))


class FillSectionSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.RegexField(CODE)
    text_zh = serializers.CharField(allow_blank=True, default="", max_length=20_000)
    text_en = serializers.CharField(allow_blank=True, default="", max_length=20_000)
    file = serializers.UUIDField(required=False, default=None, **FILES)


class StateFigureSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.RegexField(CODE)
    value = serializers.DecimalField(max_digits=18, decimal_places=6)
    source: Any = serializers.CharField(max_length=200)
    note = serializers.CharField(allow_blank=True, default="")
    file = serializers.UUIDField(required=False, default=None, **FILES)


class StateFindingSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200, allow_blank=True, default="")
    title_en = serializers.CharField(max_length=300, allow_blank=True, default="")
    text_zh = serializers.CharField(allow_blank=True, default="")
    text_en = serializers.CharField(allow_blank=True, default="")
    codes = serializers.ListField(child=serializers.CharField())
    item = serializers.IntegerField(required=False, default=None, allow_null=True)


class KeepReservationSerializer(serializers.Serializer[Any]):
    """A reservation is kept; lifting it is its signatory's, by form."""

    next_on = serializers.DateField()
    text_zh = serializers.CharField(allow_blank=True, default="")
    text_en = serializers.CharField(allow_blank=True, default="")


class PutReportForwardSerializer(serializers.Serializer[Any]):
    closes_at = InstantField()
    is_sealed = serializers.BooleanField(default=False)


class CheckReportSerializer(serializers.ModelSerializer[CheckReport]):
    content: Any = serializers.SerializerMethodField()

    class Meta:
        model = CheckReport
        fields = ["number", "hash", "at", "content"]

    @extend_schema_field(serializers.DictField())
    def get_content(self, obj: CheckReport) -> dict[str, object]:
        """The edition as it was put to the parties."""
        content: dict[str, object] = json.loads(obj.content)
        return content


class CheckReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(allow_blank=True, default="")


class CheckEndSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(Outcome.choices)
    at = serializers.DateTimeField()


class PublishCheckSerializer(serializers.Serializer[Any]):
    published_on = serializers.DateField()
    place = serializers.CharField(max_length=300)
    file = serializers.UUIDField(required=False, default=None, **FILES)


class CheckMatterSerializer(serializers.Serializer[Any]):
    finding = serializers.IntegerField(source="finding.number")
    matter = serializers.CharField(source="matter.key")


def listed(whole: Whole) -> dict[str, object]:
    check = whole.check
    return {
        "id": check.pk,
        "kind": check.kind,
        "year": check.year,
        "due_at": check.due_at,
        "stage": whole.stage.value,
        "missing": whole.missing,
    }


def detailed(whole: Whole, *, inside: str | None) -> dict[str, object]:
    numbers = {one.pk: one.number for one in whole.sections}
    return {
        **listed(whole),
        "texts": [
            {
                "section": numbers[section],
                "jurisdiction": code,
                "text_zh": row.text_zh,
                "text_en": row.text_en,
                "at": row.at,
            }
            for (section, code), row in whole.texts.items()
        ],
        "border": [
            {
                "number": line.item.number,
                "title_zh": line.item.title_zh,
                "title_en": line.item.title_en,
                "unit_zh": line.item.unit_zh,
                "tolerance": str(line.item.tolerance.normalize()),
                "result": line.result.value,
                **{
                    name: {
                        "jurisdiction": side.unit.code,
                        "is_stated": side.is_stated,
                        "value": side.value,
                        "source": side.source,
                    }
                    for name, side in (("owner", line.owner), ("reader", line.reader))
                },
            }
            for line in border_lines(whole, inside=inside)
        ],
        "findings": [
            {
                "number": one.number,
                "title_zh": one.title_zh,
                "title_en": one.title_en,
                "text_zh": one.text_zh,
                "text_en": one.text_en,
                "jurisdictions": one.jurisdictions,
                "matter": one.taken_up.matter.key if hasattr(one, "taken_up") else None,
            }
            for one in whole.findings
        ],
        "edition": whole.report.number if whole.report else None,
    }
