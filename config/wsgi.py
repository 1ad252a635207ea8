import os

from django.core.wsgi import get_wsgi_application

from config.celery import app as celery_app
from config.reading import only_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = only_utf_8(get_wsgi_application())
__all__ = ["application", "celery_app"]
