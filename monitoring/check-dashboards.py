#!/usr/bin/env python3
"""Runs every query of the dashboards, and every metric of the rules, against a Prometheus that has scraped the services.

    monitoring/check-dashboards.py [http://localhost:9090]

Fails where a query is refused or answers nothing, or where a metric does not exist."""
import json
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).parent
PROMETHEUS = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:9090"
KEYWORDS = {"and", "or", "unless", "bool", "offset", "inf", "nan"}


def get(path, **parameters):
    url = f"{PROMETHEUS}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        raise ValueError(json.load(error).get("error", error)) from error


def dashboard_queries():
    for file in sorted(HERE.glob("grafana/dashboards/*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel.get("targets", []):
                yield f"{file.stem}: {panel['title']}", target["expr"].replace("$__rate_interval", "1m").replace("$queue", ".+")


def metrics(query):
    query = re.sub(r'"[^"]*"', "", query)
    query = re.sub(r"\{[^}]*\}|\[[^\]]*\]", " ", query)
    query = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", query)
    for match in re.finditer(r"(?<![\w.])[a-zA-Z_:][\w:]*", query):
        if match[0] not in KEYWORDS and not query[match.end():].lstrip().startswith("("):
            yield match[0]


def faults(where, query, known, may_be_empty):
    for metric in metrics(query):
        if metric not in known:
            yield f"{where}: there is no metric {metric}"
    try:
        if not get("query", query=query)["result"] and not may_be_empty:
            yield f"{where}: nothing answers {query}"
    except ValueError as error:
        yield f"{where}: {error}"


def main():
    # Which exists only while an alert is pending or fires.
    known = set(get("label/__name__/values")) | {"ALERTS"}
    rules = [rule for group in get("rules")["groups"] for rule in group["rules"]]
    queries = [(where, query, False) for where, query in dashboard_queries()]
    queries += [(f"rule {rule['name']}", rule["query"], rule["type"] == "alerting") for rule in rules]
    found = [fault for query in queries for fault in faults(query[0], query[1], known, query[2])]
    found += [f"rule {rule['name']}: {rule['lastError']}" for rule in rules if rule.get("lastError")]
    if not rules:
        found.append(f"{PROMETHEUS} has no rules")
    print("\n".join(found), file=sys.stderr) if found else None
    print(f"{len(queries)} queries of dashboards and rules, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
