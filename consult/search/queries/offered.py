"""What the filters offer: only what stands in plans the reader sees, and in the library."""

from django.db.models import Q, QuerySet

from consult.matters.models import Matter
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor


def plans_offered(*, actor: Actor) -> QuerySet[Plan]:
    """The plans the reader sees, in order. One query."""
    return visible_plans(actor=actor).order_by("key")


def units_offered(*, actor: Actor) -> QuerySet[Jurisdiction]:
    """The parties of these plans and the units of the library, in order of code. One query."""
    library = Matter.jurisdictions.through.objects.filter(matter__plan__isnull=True)
    seen = Q(parties__plan__in=visible_plans(actor=actor).order_by().values("pk"))
    codes = Jurisdiction.objects.filter(seen).order_by().values("pk")
    found = Jurisdiction.objects.filter(Q(pk__in=codes) | Q(pk__in=library.values("jurisdiction")))
    return found.defer("boundary").order_by("code")
