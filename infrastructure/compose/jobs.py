#!/usr/bin/env python3
"""Submits jobs as a careful client would, and checks what became of them.

    jobs.py submit URL JOBS PER_SECOND FILE   appends the ids of accepted jobs to FILE; repeats what was not answered
    jobs.py check URL FILE SECONDS            waits until all are COMPLETED, and each was so once
    jobs.py workers URL FILE                  prints who worked them

Calls with the API key $API_KEY where it is set."""
import collections
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

KEY = {"authorization": f"Bearer {os.environ['API_KEY']}"} if "API_KEY" in os.environ else {}


def call(url, body=None, headers=None):
    request = urllib.request.Request(url, headers={"content-type": "application/json", **KEY, **(headers or {})},
                                     data=None if body is None else json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=15) as answer:
        return json.load(answer)


def submit_one(url, prompt):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    for wait in [0.2, 0.5] + 60 * [1]:
        try:
            return call(f"{url}/jobs", {"prompt": prompt}, key)["id"]
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise
        except (OSError, http.client.HTTPException):
            pass  # not answered, or not to the end
        time.sleep(wait)
    raise SystemExit("A job was not accepted within a minute")


def submit(url, jobs, per_second, file):
    start = time.monotonic()
    with open(file, "a", buffering=1) as accepted:
        for number in range(int(jobs)):
            accepted.write(submit_one(url, f"job {number}") + "\n")
            time.sleep(max(0, start + (number + 1) / float(per_second) - time.monotonic()))
    print(f"{jobs} jobs were accepted in {time.monotonic() - start:.0f} s")


def read(url, file):
    return [call(f"{url}/jobs/{job}") for job in open(file).read().split()]


def completions(job):
    return sum(event["type"] == "COMPLETED" for event in job["history"])


def check(url, file, seconds):
    end = time.monotonic() + float(seconds)
    while True:
        jobs = read(url, file)
        statuses = collections.Counter(job["status"] for job in jobs)
        if statuses["COMPLETED"] == len(jobs) or time.monotonic() > end:
            break
        time.sleep(3)
    stored = call(f"{url}/jobs/stats")["counts"]
    twice = [job["id"] for job in jobs if completions(job) != 1 or job["attempt"] != 1]
    refused = sum(event["type"] == "CALLBACK_REFUSED" for job in jobs for event in job["history"])
    print(f"{len(jobs)} jobs: {dict(statuses)}; completed other than once: {len(twice)}; "
          f"refused reports: {refused}; stored in all: {stored}")
    return statuses["COMPLETED"] == len(set(job["id"] for job in jobs)) and not twice


def workers(url, file):
    for worker, jobs in sorted(collections.Counter(job.get("worker") for job in read(url, file)).items()):
        print(worker, jobs)


if __name__ == "__main__":
    command = {"submit": submit, "check": check, "workers": workers}[sys.argv[1]]
    sys.exit(command(*sys.argv[2:]) is False)
