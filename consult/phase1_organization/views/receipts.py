"""The receipt of one's own position on the charter, the base set or an accession."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consult.ballots.queries import get_own_position
from consult.ballots.receipts import receipt_of_position
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_made
from stakeholders.terms.asked import asked_number


@require_safe
def receipt(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A file that can be verified alone, up to the head told at `told` or the newest one."""
    plan = get_plan(actor=request.actor, key=key)
    found = get_own_position(plan, pk=pk, actor=request.actor)
    size = asked_number(request.GET.get("told", ""), default=0)
    text = receipt_of_position(plan, found, size=size).text
    name = f"receipt-{key}-{found.jurisdiction_id}-ballot-{found.ballot_id}-{found.pk}.json"
    return answer_made(text.encode(), name=name, media_type="application/json")
