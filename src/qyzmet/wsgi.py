"""The WSGI application that `qyzmet serve` runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qyzmet.settings")
application = get_wsgi_application()
# what is loaded by now stays as long as the process: the collector need not look through it again and again
gc.collect()
gc.freeze()
# an appeal makes some thousand objects and leaves none in a circle; looked for after 700, as Python does by itself, a
# circle cost a twentieth of the work (docs/bench.md)
gc.set_threshold(20_000, 20, 20)
