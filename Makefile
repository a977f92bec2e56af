# What each target does stands in jobcenter/runtime/setup.py.
#   make run      use the portal (PORT, DATABASE_URL and REDIS_URL choose other ones)
#   make test     lint, types, contracts and every test, in some minutes
#   make verify   the same and the slow suites; its output is kept in docs/verify.md
#   make bench    how long pages take beside a floor; figures in benchmarks/results, aims in benchmarks/README.md
#   make reset    forget the data of this checkout
#   make lock     write the lock files anew after a change of dependencies
#   make format   lay out the source
#   make clean    remove what was installed

PYTHON ?= python3

.PHONY: run test verify bench reset lock format clean
run test verify bench reset lock format clean:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer with venv." >&2; exit 1; }
	@exec $(PYTHON) jobcenter/runtime/setup.py $@
