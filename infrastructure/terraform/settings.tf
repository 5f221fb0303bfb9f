# The .env of each server: what docker-compose.yml and infrastructure/production ask for.

resource "random_password" "secret" {
  for_each = toset(["mongodb", "mongodb-root", "rabbitmq", "webhook", "grafana"])

  length  = 40
  special = false # fit for URIs
}

locals {
  openai_settings = var.openai == null ? tomap({}) : tomap({
    WORKER_PROCESSOR       = "openai"
    WORKER_OPENAI_BASE_URL = var.openai.base_url
    WORKER_OPENAI_API_KEY  = var.openai.api_key
    WORKER_OPENAI_MODEL    = var.openai.model
  })

  shared_settings = merge(local.openai_settings, {
    CLUSTER_IP        = local.cluster_ip
    RABBITMQ_PASSWORD = random_password.secret["rabbitmq"].result
    WEBHOOK_SECRET    = random_password.secret["webhook"].result
    WORKER_PREFETCH   = var.worker_prefetch
    LOG_FORMAT        = "ecs"
  })

  cluster_settings = merge(local.shared_settings, {
    COMPOSE_FILE            = "docker-compose.yml:infrastructure/production/cluster.yml"
    SPRING_PROFILES_ACTIVE  = "prod"
    DOMAIN                  = var.domain
    ACME_EMAIL              = var.acme_email
    CORS_ALLOWED_ORIGINS    = "https://${var.domain}"
    MONGODB_PASSWORD        = random_password.secret["mongodb"].result
    MONGODB_ROOT_PASSWORD   = random_password.secret["mongodb-root"].result
    GRAFANA_PASSWORD        = random_password.secret["grafana"].result
    CLUSTER_WORKER_REPLICAS = var.cluster_worker_replicas
  })

  cluster_env = join("", [for name, value in local.cluster_settings : "${name}='${value}'\n"])

  worker_env = [for index in range(var.worker_count) : join("", [
    for name, value in merge(local.shared_settings, {
      COMPOSE_FILE = "infrastructure/production/worker.yml"
      WORKER_NAME  = "${local.name}-worker-${index + 1}"
    }) : "${name}='${value}'\n"
  ])]
}
