# The book and everything it is built with:
#   docker build -t budgetbook .
#   docker run --rm -v "$PWD/site:/book/_build" budgetbook
# The base is pinned by its tag; replace it by its digest once that is known.
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends make git chromium \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /book
COPY . .
RUN make .venv/ready
CMD ["make", "book"]
