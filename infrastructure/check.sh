#!/usr/bin/env bash
# Checks all that can be checked without an account, and says what it skips. Where CI=true, it installs the Debian packages
# that it misses; anywhere else it uses what is there. Takes about two minutes, most of it npm's.
#
# CHECKS_TERRAFORM chooses the binary (terraform, else tofu).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '\n==> %s\n' "$*"; }
skip() { say "Skipped: $*"; }
have() { command -v "$1" >/dev/null; }

# The command of that name, from the Debian package of that name.
debian() {
    have "$1" && return
    [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && have apt-get || return 1
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$1"; } >/dev/null 2>&1
}

TERRAFORM=${CHECKS_TERRAFORM:-$(command -v terraform || command -v tofu || true)}
# No settings of this machine: neither its mirrors nor its variables.
export TF_CLI_CONFIG_FILE=/dev/null TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
ROOTS=(terraform terraform/azure)

install_packages() {
    [ -e "$work/checks/node_modules" ] && return
    have npm || return 1
    mkdir -p "$work/checks"
    cp checks/* "$work/checks/"
    (cd "$work/checks" && npm install --silent --ignore-scripts --legacy-peer-deps --no-audit --no-fund --no-package-lock) >&2
}

copy_roots() {
    cp -r terraform "$work/terraform"
    find "$work/terraform" \( -name .terraform -o -name '*.tfvars' -o -name '*.tfstate*' \) -exec rm -rf {} +
}

initialise() {
    local root
    for root in "${ROOTS[@]}"; do
        "$TERRAFORM" -chdir="$work/$root" init -backend=false -input=false -no-color >"$work/init.log" 2>&1 || return 1
    done
}

check_terraform() {
    say "$("$TERRAFORM" version | head -1): format"
    "$TERRAFORM" fmt -check -diff -recursive terraform

    copy_roots
    initialise || { skip "validation and tests of Terraform (its providers cannot be downloaded here)"; return 0; }
    local root
    for root in "${ROOTS[@]}"; do
        say "$root: validation and tests with mocked providers"
        "$TERRAFORM" -chdir="$work/$root" validate -no-color | tee "$work/validate.log"
        if grep -q Warning "$work/validate.log"; then return 1; fi
        "$TERRAFORM" -chdir="$work/$root" test -no-color
    done
    skip "terraform plan and apply (they need accounts)"
}

# Of the template's two faces, the one given.
render_cloud_init() {
    local values='ssh_public_key = "ssh-ed25519 AAAA operator", repository_url = "https://git.example.com/x.git", release = "v1"'
    values="$values, environment_file = \"NAME='value'\\n\", volume_id = $1"
    mkdir -p "$work/empty"
    echo "base64encode(templatefile(\"$PWD/terraform/cloud-init/server.yaml.tftpl\", { $values }))" |
        "$TERRAFORM" -chdir="$work/empty" console | tr -d '"' | base64 -d
}

check_cloud_init() {
    say "cloud-init's schema: $(cloud-init --version 2>&1)"
    local volume
    for volume in 4711 null; do
        render_cloud_init "$volume" >"$work/user-data.yaml"
        cloud-init schema --config-file "$work/user-data.yaml"
        echo "volume_id = $volume: $(wc -c <"$work/user-data.yaml") bytes of Hetzner's 32768"
    done
}

check_manifests() {
    say "Kubernetes manifests: types and schemas"
    kubectl kustomize kubernetes >"$work/services.yaml"
    { echo ---; cat kubernetes/worker-llm.yaml; } >>"$work/services.yaml"
    kubectl kustomize --load-restrictor LoadRestrictionsNone kubernetes/monitoring >"$work/monitoring.yaml"
    kubernetes/monitoring/prometheus-rules.sh >"$work/rules.yaml"
    node "$work/checks/manifests.mjs" "$work/checks" "$work/services.yaml" "$work/monitoring.yaml" "$work/rules.yaml"
    skip "applying them (it needs a cluster with KEDA, the RabbitMQ Cluster Operator and a Gateway)"
}

check_scripts() {
    say "Scripts: shellcheck"
    shellcheck check.sh compose-test.sh ../.ci/run production/*.sh kubernetes/monitoring/*.sh && echo "No findings"
}

check_caddyfile() {
    say "Caddyfile: caddy $(caddy version) (servers run $(sed -n 's/.*image: caddy://p' production/cluster.yml))"
    XDG_CONFIG_HOME="$work" XDG_DATA_HOME="$work" DOMAIN=jobs.example.com ACME_EMAIL=operations@example.com \
        caddy validate --adapter caddyfile --config production/Caddyfile 2>"$work/caddy.log" || { cat "$work/caddy.log"; return 1; }
}

# A server's .env, with values that look like Terraform's.
example_environment() {
    local name
    for name in MONGODB MONGODB_ROOT RABBITMQ GRAFANA; do echo "${name}_PASSWORD='secret'"; done
    printf "%s='%s'\n" SPRING_PROFILES_ACTIVE prod WEBHOOK_SECRET secret CLUSTER_IP 10.20.0.10 DOMAIN jobs.example.com \
        ACME_EMAIL operations@example.com CLUSTER_WORKER_REPLICAS 1 WORKER_NAME worker-1 WORKER_PREFETCH 1000
}

check_compose() {
    say "Compose files of servers: $(docker compose version --short)"
    example_environment >"$work/env"
    docker compose --env-file "$work/env" -f ../docker-compose.yml -f production/cluster.yml config --quiet
    docker compose --env-file "$work/env" -f production/worker.yml config --quiet
}

if [ -n "$TERRAFORM" ]; then check_terraform; else skip "Terraform (neither terraform nor tofu is here)"; fi
if [ -n "$TERRAFORM" ] && debian cloud-init; then check_cloud_init; else skip "cloud-init's schema (cloud-init and terraform are needed)"; fi
if have kubectl && install_packages; then check_manifests; else skip "Kubernetes manifests (kubectl and npm's registry are needed)"; fi
if docker compose version >/dev/null 2>&1; then check_compose; else skip "Compose files of servers (docker compose is not here)"; fi
if debian caddy; then check_caddyfile; else skip "Caddyfile (caddy is not here)"; fi
if debian shellcheck; then check_scripts; else skip "scripts (shellcheck is not here)"; fi
skip "a server's first boot, upgrade, backup and restore (they need a server)"
