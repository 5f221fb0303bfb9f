locals {
  name = "${var.project}-${var.environment}"
  tags = { project = var.project, environment = var.environment, managed-by = "terraform" }
}

resource "azurerm_resource_group" "openai" {
  name     = local.name
  location = var.azure_location
  tags     = local.tags
}

# The subdomain is one of all the world's.
resource "random_id" "subdomain" {
  byte_length = 4
}

resource "azurerm_cognitive_account" "openai" {
  name                  = "${local.name}-openai"
  resource_group_name   = azurerm_resource_group.openai.name
  location              = azurerm_resource_group.openai.location
  kind                  = "OpenAI"
  sku_name              = "S0"
  custom_subdomain_name = "${local.name}-${random_id.subdomain.hex}"
  tags                  = local.tags

  network_acls {
    default_action = "Deny"
    ip_rules       = var.allowed_ips
  }
}

resource "azurerm_cognitive_deployment" "worker" {
  name                   = "worker"
  cognitive_account_id   = azurerm_cognitive_account.openai.id
  version_upgrade_option = "OnceCurrentVersionExpired"

  model {
    format  = "OpenAI"
    name    = var.model.name
    version = var.model.version
  }

  sku {
    name     = "GlobalStandard"
    capacity = var.capacity
  }
}
