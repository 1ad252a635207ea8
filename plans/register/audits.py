"""What of the register is missing before a plan is frozen."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import ngettext_lazy

from plans.register.auditing import Audit
from plans.register.models import Plan
from plans.register.queries import count, whole_transmission


def transmission_audit(plan: Plan) -> list[Audit]:
    """Binding contents of the upper plan unanswered, answered on a former wording, in conflict.

    They are counted, not named: who publishes need not see the upper plan. Four queries.
    """
    counts = count(whole_transmission(plan))
    texts = {
        "unanswered": ngettext_lazy(
            "{count} binding requirement of the upper plan is not answered.",
            "{count} binding requirements of the upper plan are not answered.",
            counts.unanswered,
        ),
        "former": ngettext_lazy(
            "{count} answer to the upper plan was given on a former wording.",
            "{count} answers to the upper plan were given on a former wording.",
            counts.former,
        ),
        "conflict": ngettext_lazy(
            "{count} requirement of the upper plan is answered “in conflict”.",
            "{count} requirements of the upper plan are answered “in conflict”.",
            counts.conflict,
        ),
    }
    numbers = {
        "unanswered": counts.unanswered,
        "former": counts.former,
        "conflict": counts.conflict,
    }
    page = reverse("register:transmission", kwargs={"key": plan.key})
    return [
        Audit(
            kind=f"transmission.{state}",
            item="",
            text=format_lazy(text, count=numbers[state]),
            url=f"{page}?state={state}",
        )
        for state, text in texts.items()
        if numbers[state]
    ]
