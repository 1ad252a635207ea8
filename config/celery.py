"""Celery only triggers; PostgreSQL decides what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("jointplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["consult.desk", "stakeholders.jobs", "stakeholders.notices"])
