#!/usr/bin/env bash
# Writes the database to /var/backups/job-processor, on the server's own disk: Hetzner's daily backups hold that, but no
# volumes. Keeps a week.
set -euo pipefail
umask 077
cd /opt/job-processor

folder=/var/backups/job-processor
file="$folder/$(date -u +%Y%m%dT%H%M%SZ).archive.gz"
mkdir -p "$folder"
# The password is expanded in the container: no process list shows it outside.
docker compose exec -T mongodb sh -c 'exec mongodump --quiet --archive --gzip --db job-processor --authenticationDatabase admin \
    --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD"' >"$file.part"
mv "$file.part" "$file"
find "$folder" -name '*.archive.gz*' -mtime +7 -delete
