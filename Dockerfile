# The book and everything it is built with:
#   docker build -t budgetbook .
#   mkdir site; docker run --rm --user "$(id -u)" -v "$PWD/site:/book/_build" budgetbook
# It holds no history, so the tests that read it belong to a clone.
# The base is pinned by its tag; replace it by its digest once that is known.
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends make git chromium \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /book
COPY . .
RUN make .venv/ready && mkdir _build && chmod 777 _build
ENV HOME=/tmp
USER 1000
CMD ["make", "book"]
