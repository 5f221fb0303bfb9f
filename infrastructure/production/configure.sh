#!/usr/bin/env bash
# Takes over the .env that it reads: changes the passwords in the servers that keep them, then starts what has changed.
#   terraform output -raw cluster_env | ssh deploy@SERVER sudo /opt/job-processor/infrastructure/production/configure.sh
set -euo pipefail
umask 077
cd /opt/job-processor

new=$(mktemp)
trap 'rm -f "$new"' EXIT
cat >"$new"
value() { sed -n "s/^$1='\(.*\)'\$/\1/p" "$new"; }
[ -n "$(value MONGODB_PASSWORD)" ] || { echo "This is no .env of the cluster" >&2; exit 1; }

# Passwords go by standard input: no process list shows them.
docker compose exec -T mongodb sh -c 'exec mongosh --quiet --username root --password "$MONGO_INITDB_ROOT_PASSWORD" \
    --authenticationDatabase admin --file /dev/stdin' <<EOF
db.getSiblingDB("job-processor").changeUserPassword("job-processor", "$(value MONGODB_PASSWORD)");
db.getSiblingDB("admin").changeUserPassword("root", "$(value MONGODB_ROOT_PASSWORD)");
EOF
value RABBITMQ_PASSWORD | docker compose exec -T rabbitmq rabbitmqctl --quiet change_password job-processor
value GRAFANA_PASSWORD | docker compose exec -T grafana grafana cli admin reset-admin-password --password-from-stdin

install -m 600 "$new" /etc/job-processor/env
systemctl reload job-processor
