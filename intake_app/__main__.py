"""`python -m intake_app` is the command `intake-desk`."""

import sys

from intake_app.cli import main

sys.exit(main())
