# make book    the site in _build/html      make test   every figure proved
# Both keep their environment in .venv; nothing else of the machine is touched.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PYTHONHASHSEED := 0
# Windows reads and writes UTF-8 like the others.
export PYTHONUTF8 := 1
# Where pip's settings ask for user installs, pip refuses to install into an environment.
export PIP_USER := 0
export PYDEVD_DISABLE_FILE_VALIDATION := 1
# Where an environment forbids it, each worker would compile all tests anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: book pdf test quick notebooks addresses verify same public release links newest pairs shapes agreement cells bench screenshots data lint lock clean

book: .venv/ready
	@$(BIN)/python -m budgetbook.build

# The printed book, in _build/pdf; needs Chromium, Chrome or Edge.
pdf: book
	@$(BIN)/python -m budgetbook.print

# Tests run side by side, each file and class in one worker, in the order of tests/conftest.py.
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

# Linting goes on beside the building of the book.
test: .venv/ready
	@$(MAKE) --no-print-directory -j 2 lint book
	$(PYTEST) --nbval --nbval-current-env tests notebooks

# While you work, in a minute or so: all but what is long by itself or needs a browser or a built
# site, and of invented examples one in four (tests/quick.py). Its last line says what it left out.
quick: .venv/ready lint
	$(PYTEST) --quick tests -m "not browser and not site and not long"

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Execute the notebooks, save their outputs, and say which table, figure or sentence changed.
notebooks: .venv/ready
	@$(BIN)/python -m budgetbook.build.notebooks

# Promise to keep the new addresses of the site: adds them to book/addresses.txt, removes none.
addresses: book
	@$(BIN)/python -m budgetbook.build.addresses

# Is a folder or a zip of the site what this source makes? make verify COPY=path
verify: .venv/ready
	@$(BIN)/python -m budgetbook.build --verify "$(COPY)"

# Build with two Pythons, in two folders, under two hash seeds: are all bytes the same?
PYTHONS ?= python3.11 python3.13
same: .venv/ready
	$(BIN)/python benchmarks/same.py $(PYTHONS)

# The site as it is published, in _build/public: its address, that of the folder with the files of
# its release, and whom to tell of an error; each may be left out.
public: .venv/ready
	@$(BIN)/python -m budgetbook.build --out _build/public \
	  --baseurl "$(BASEURL)" --release "$(RELEASE)" --contact "$(CONTACT)"

# The files that a release publishes, with their checksums, in _build/release; among them
# offline.zip, which holds site, PDF and data for use without a network.
release: pdf
	@$(BIN)/python -m budgetbook.build.release

# Is every address that the site, the data and the guides name still there? Needs the network.
links: book
	$(BIN)/python benchmarks/links.py

# Try the newest releases of everything in an environment of their own, and say what changes.
newest: book
	$(BIN)/python benchmarks/newest.py $(PYTHON)

# Judge every two amounts of a table that offset each other; the book shows the result.
pairs: .venv/ready
	$(BIN)/python benchmarks/pairs.py

# Judge invented departments of every shape, clean and with planted errors; the book shows it.
shapes: .venv/ready
	$(BIN)/python benchmarks/shapes.py

# Compare the rules with readers of indicators that the rules have not seen; the book shows it.
agreement: .venv/ready
	$(BIN)/python benchmarks/agreement.py

# Measure the cells of our notebooks, and with BOOKS="folder …" those of others, by one rule.
cells: .venv/ready
	$(BIN)/python benchmarks/cells.py $(BOOKS)

# Measure against what people would write instead; minutes, and the book shows the result.
bench: .venv/ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/rebuild.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/classes.py

# A picture of every page in _build/screenshots: phone and desk, light and dark.
screenshots: book
	$(BIN)/python benchmarks/screenshots.py

# Read the published text again: make data TEXT=path/to/disclosure.txt
data: .venv/ready
	$(BIN)/budgetbook import "$(TEXT)" --out data

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "This book needs Python 3.11 or newer; call: make book PYTHON=python3.12"; exit 1; }
	@echo "Preparing .venv (about a minute, once)"
	$(PYTHON) -m venv .venv || { echo "Python's venv is missing; on Debian: apt install python3-venv"; exit 1; }
	@$(PIP) --require-hashes -r requirements.txt || \
	  { echo "The packages could not be installed: is a package index in reach? See the README, A package mirror."; exit 1; }
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -c "open('.venv/ready', 'w').close()"

# Pin the newest versions that resolve together, with their hashes and without an address.
lock: .venv/ready
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade \
	  --quiet --output-file requirements.txt

clean:
	@$(PYTHON) -c "import shutil; shutil.rmtree('_build', ignore_errors=True)"
