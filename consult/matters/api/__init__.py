"""Matters for programs: the library, the register, a plan's matters, and every act on them."""

from consult.matters.api import acts, matters

urlpatterns = [*matters.urlpatterns, *acts.urlpatterns]
