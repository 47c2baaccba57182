"""What gunicorn loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string
from gunicorn import util

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

application = get_wsgi_application()
# gunicorn has no setting for what it says of a request that it cannot read.
util.write_error = import_string("api.unread.write_problem")
