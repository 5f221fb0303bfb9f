variable "azure_subscription_id" {
  description = "The subscription that pays."
  type        = string

  validation {
    condition     = can(regex("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", var.azure_subscription_id))
    error_message = "A UUID, as `az account show` prints it."
  }
}

variable "project" {
  description = "Prefix of every resource's name."
  type        = string
  default     = "job-processor"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.project))
    error_message = "3 to 32 lower-case letters, digits and hyphens; a letter first, no hyphen last."
  }
}

variable "environment" {
  description = "What this deployment is for."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "One of dev, staging, prod."
  }
}

variable "azure_location" {
  description = "Region of the account; it must offer the model."
  type        = string
  default     = "swedencentral"

  validation {
    condition     = can(regex("^[a-z]+[0-9]?$", var.azure_location))
    error_message = "A region's short name, such as swedencentral."
  }
}

variable "allowed_ips" {
  description = "IPv4 addresses that may call the model: the output outbound_ips of the servers."
  type        = list(string)

  validation {
    condition     = length(var.allowed_ips) > 0 && alltrue([for ip in var.allowed_ips : can(cidrhost("${ip}/32", 0))])
    error_message = "At least one IPv4 address, without a prefix length."
  }
}

variable "model" {
  description = "The model; models retire, so see `az cognitiveservices model list --location REGION` first."
  type = object({
    name    = string
    version = string
  })
  default = {
    name    = "gpt-5-mini"
    version = "2025-08-07"
  }
}

variable "capacity" {
  description = "Thousands of tokens a minute."
  type        = number
  default     = 50

  validation {
    condition     = var.capacity >= 1 && floor(var.capacity) == var.capacity
    error_message = "A whole number, 1 or more."
  }
}
