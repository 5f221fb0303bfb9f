#!/usr/bin/env bash
# Replaces the database by a backup: restore.sh FILE. Jobs accepted since are lost; unfinished ones are worked again.
set -euo pipefail
file=$(realpath "${1:?which file of /var/backups/job-processor?}")
cd /opt/job-processor

docker compose stop caddy ui api-service
docker compose exec -T mongodb sh -c 'exec mongorestore --quiet --archive --gzip --drop --nsInclude "job-processor.*" \
    --authenticationDatabase admin --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD"' <"$file"
systemctl reload job-processor
docker compose exec -T api-service curl -fsS -X POST -H 'content-type: application/json' -d '{}' \
    http://127.0.0.1:8081/actuator/redispatch
