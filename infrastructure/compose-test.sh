#!/usr/bin/env bash
# Brings the Compose file up, breaks it in every way that it must survive, and checks that no job was lost or completed
# twice. Uses a project of its own, on free ports, and removes it at the end. Needs python3. Says so and does nothing
# where no Docker engine answers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! docker info >/dev/null 2>&1 || ! docker compose version >/dev/null 2>&1; then
    echo "Skipped: the test of the Compose cluster (no Docker engine with Compose answers)"
    exit 0
fi

say() { printf '\n==> [%3ds] %s\n' "$SECONDS" "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

free_ports() {
    python3 - "$1" <<'PYTHON'
import socket, sys
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in sockets))
PYTHON
}

read -r HTTP_PORT API_PORT MONGODB_PORT RABBITMQ_PORT RABBITMQ_CONSOLE_PORT PROMETHEUS_PORT GRAFANA_PORT < <(free_ports 7)
export HTTP_PORT API_PORT MONGODB_PORT RABBITMQ_PORT RABBITMQ_CONSOLE_PORT PROMETHEUS_PORT GRAFANA_PORT
export COMPOSE_PROJECT_NAME=job-processor-test
# Secrets of its own, and the checks of production.
export COMPOSE_FILE=docker-compose.yml:infrastructure/compose/production.yml WORKER_MOCK_DELAY=2s WORKER_PREFETCH=100
SECRETS=(WEBHOOK_SECRET MONGODB_PASSWORD MONGODB_ROOT_PASSWORD RABBITMQ_PASSWORD GRAFANA_PASSWORD)
for secret in "${SECRETS[@]}"; do
    export "$secret=$(python3 -c 'import secrets; print(secrets.token_hex(16))')"
done
ADMIN_API_KEY=$(python3 - <<'PYTHON'
import secrets, string, zlib
digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
text = "".join(secrets.choice(digits) for _ in range(30))
checksum = zlib.crc32(text.encode())
print("jp_" + text + "".join(digits[checksum // 62**place % 62] for place in range(5, -1, -1)))
PYTHON
)
export ADMIN_API_KEY API_KEY=$ADMIN_API_KEY
AUTHORIZATION="authorization: Bearer $API_KEY"
UI=http://127.0.0.1:$HTTP_PORT API=http://127.0.0.1:$API_PORT PROMETHEUS=http://127.0.0.1:$PROMETHEUS_PORT
WORK=$(mktemp -d)
COMPOSE=(docker compose --progress quiet --env-file /dev/null)

down() {
    local status=$?
    [ -z "${LOAD:-}" ] || kill "$LOAD" 2>/dev/null || true
    if [ $status != 0 ]; then
        "${COMPOSE[@]}" ps -a || true
        "${COMPOSE[@]}" logs --tail 40 || true
    fi
    "${COMPOSE[@]}" unpause >/dev/null 2>&1 || true
    "${COMPOSE[@]}" down --volumes --timeout 5 || true
    rm -rf "$WORK"
    exit $status
}

containers() { "${COMPOSE[@]}" ps -q "$1"; }
jobs_py() { infrastructure/compose/jobs.py "$@"; }
status() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
submit_from() { # ORIGIN
    status "$UI/jobs" -H "$AUTHORIZATION" -H "origin: $1" -H 'content-type: application/json' -d '{"prompt":"from a page"}'
}
# What was reported of a job, once more: an outcome that is known is no conflict.
report_again() { # JOB CURL-OPTION...
    curl -fs "$UI/jobs/$1" -H "$AUTHORIZATION" |
        python3 -c 'import json, sys; job = json.load(sys.stdin); print(json.dumps({"jobId": job["id"], "result": job["result"]}))' |
        status "$UI/jobs/webhook/callback" -H 'content-type: application/json' -d @- "${@:2}"
}

restarts() { docker inspect -f '{{.RestartCount}}' "$1"; }
restarted() { # CONTAINER TIMES
    [ "$(restarts "$1")" -gt "$2" ] && [ "$(docker inspect -f '{{.State.Running}}' "$1")" = true ]
}

# Kills the process of one container of a service, as a crash would; it is Docker that must start it again. The signal comes
# from the engine's own process table: docker kill would count as a stop, and inside a container its first process is immune.
crash() {
    local container before
    read -r container < <(containers "$1")
    before=$(restarts "$container")
    docker run --rm --pid host --user 0 --entrypoint sh job-processor/api-service \
        -c "kill -9 $(docker inspect -f '{{.State.Pid}}' "$container")"
    await 60 restarted "$container" "$before" || fail "$1 was not started again"
}

targets() {
    curl -fs "$PROMETHEUS/api/v1/targets?state=active" |
        python3 -c 'import json, sys
for target in json.load(sys.stdin)["data"]["activeTargets"]: print(target["labels"]["job"], target["health"])' | sort | uniq -c
}

await() { # SECONDS COMMAND...
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 1
    done
}

say "Production refuses to start without secrets"
for secret in "${SECRETS[@]}"; do
    ! env "$secret=" "${COMPOSE[@]}" config --quiet 2>"$WORK/refusal" || fail "started without $secret"
    grep -q "$secret" "$WORK/refusal" || fail "did not say that $secret is missing: $(cat "$WORK/refusal")"
done

trap down EXIT
say "Build and start"
"${COMPOSE[@]}" build
"${COMPOSE[@]}" up -d --wait --wait-timeout 300
say "Healthy"

jobs_py submit "$UI" 3 3 "$WORK/first"
jobs_py check "$UI" "$WORK/first" 60 || fail "the first jobs"
[ "$(status -L "$UI/some/page" -H 'accept: text/html')" = 200 ] || fail "the dashboard's page"
curl -fsI "$UI/" | grep -qi '^content-security-policy: ' || fail "no content security policy"
[ "$(status "$UI/jobs")" = 401 ] || fail "jobs are listed without a key"
[ "$(submit_from "$UI")" = 201 ] || fail "the dashboard may not call its own API"
[ "$(submit_from http://elsewhere.example.com)" = 403 ] || fail "another site's page may call the API"
for path in /jobs/webhook/callback '/jobs/webhook/callback;a=b' '/jobs;a=b/webhook/callback' //jobs//webhook/%63allback \
    /jobs/1/start /jobs/1/progress /workers/heartbeat '/workers;a=b//heartbeat' '/jobs;a=b/1;c=d/%73tart;e=f' //jobs//1//progress; do
    for url in "$UI" "$API"; do
        [ "$(status "$url$path" --path-as-is -X POST -H "x-webhook-secret: $WEBHOOK_SECRET" -H 'content-type: application/json' \
            -d '{"jobId":"1","result":"r"}')" = 404 ] || fail "$url$path is open"
    done
done

say "Scale to 3 workers and 2 APIs"
"${COMPOSE[@]}" up -d --wait --wait-timeout 180 --no-recreate --scale worker-service=3 --scale api-service=2
jobs_py submit "$UI" 60 20 "$WORK/scaled"
jobs_py check "$UI" "$WORK/scaled" 60 || fail "jobs of the scaled cluster"
jobs_py workers "$UI" "$WORK/scaled" | tee "$WORK/workers"
[ "$(wc -l <"$WORK/workers")" = 3 ] || fail "not all workers worked"
"${COMPOSE[@]}" logs --no-log-prefix ui | sed -n 's/.*"uri":"\/jobs".*"api":"\([^",]*\)".*/\1/p' | sort | uniq -c | tee "$WORK/apis"
[ "$(wc -l <"$WORK/apis")" -ge 2 ] || fail "nginx used one API alone"

say "Prometheus sees every instance"
all_up() {
    targets >"$WORK/targets"
    printf '%s\n' '2 api-service up' '1 prometheus up' '1 rabbitmq up' '1 rabbitmq-queues up' '3 worker-service up' |
        diff - <(sed 's/^ *//' "$WORK/targets") >/dev/null
}
await 60 all_up || fail "targets: $(cat "$WORK/targets")"
cat "$WORK/targets"

say "Under load: kill a worker, kill an API, restart RabbitMQ, pause MongoDB for 20 s"
jobs_py submit "$UI" 600 8 "$WORK/load" &
LOAD=$!
sleep 5
say "worker-service"
crash worker-service
say "api-service"
crash api-service
say "rabbitmq"
docker restart --timeout 30 "$(containers rabbitmq)" >/dev/null
sleep 5
say "mongodb"
docker pause "$(containers mongodb)" >/dev/null
sleep 20
docker unpause "$(containers mongodb)" >/dev/null
kill -0 $LOAD || fail "the load ended before the faults did"
wait $LOAD || fail "the load"
LOAD=
say "All submitted"
jobs_py check "$UI" "$WORK/load" 180 || fail "jobs were lost or completed twice"

say "Workflows elsewhere report with the secret where that is allowed"
PUBLIC_CALLBACKS=yes "${COMPOSE[@]}" up -d --no-deps --wait --wait-timeout 60 ui
job=$(head -n 1 "$WORK/first")
[ "$(report_again "$job")" = 401 ] || fail "a report without the secret is not refused"
[ "$(report_again "$job" -H "x-webhook-secret: $WEBHOOK_SECRET")" = 200 ] || fail "a report with the secret is refused"

say "Every query of dashboards and rules has an answer"
await 60 all_up || fail "targets after the load: $(cat "$WORK/targets")"
queries_answered() { monitoring/check-dashboards.py "$PROMETHEUS" >"$WORK/queries" 2>&1; }
await 60 queries_answered || fail "$(cat "$WORK/queries")"
cat "$WORK/queries"

say "Passed: the cluster lost no job and completed none twice"
