#!/usr/bin/env python
"""Django's command line for this installation.

`up` runs before Django is configured, since it makes what the settings ask for. Every other command finds
the portal that `up` runs in this checkout, unless DATABASE_URL names another one.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobcenter.settings")
    if sys.argv[1:] == ["up"]:
        from jobcenter.runtime import up

        sys.exit(up.main())
    if "DATABASE_URL" not in os.environ:
        from jobcenter.runtime.state import environment_of_running_portal

        os.environ.update(environment_of_running_portal())
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
