#!/usr/bin/env bash
# Prints the rules of monitoring/prometheus/rules as the Prometheus Operator wants them: one PrometheusRule a file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../monitoring/prometheus/rules"

for file in *.yml; do
    cat <<YAML
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: job-processor-${file%.yml}
  namespace: job-processor
spec:
$(sed 's/^./  &/' "$file")
YAML
done
