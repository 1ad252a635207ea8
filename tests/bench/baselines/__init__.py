"""What a user would build instead: plain Django, DRF and django-guardian over the same tables.

Written as their documents advise, so that the comparison is fair:
* the middleware of `startproject` and nothing else, so that no page pays for what is ours;
* joins by `select_related`, lists by `prefetch_related`, a page by `Paginator`;
* rights by one permission row for each comment and role group and the stock filter of guardian
  (`get_objects_for_user` without the global permissions, which cost a query more): what
  `ObjectPermissionsFilter` of djangorestframework-guardian does. Readers are members of their group;
* templates by the cached loader, which is Django's default, without context processors.

They leave out what ours does besides (roles, tabs, sealed rounds, names of that day, both
languages, the room of the plan, keyboard), so that they do less.
"""
