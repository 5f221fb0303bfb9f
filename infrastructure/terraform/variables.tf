variable "hcloud_token" {
  description = "API token of the Hetzner Cloud project, with read and write rights; give it as TF_VAR_hcloud_token."
  type        = string
  sensitive   = true
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
  description = "What this deployment is for; part of every resource's name."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "One of dev, staging, prod."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster's server, its address and its volume refuse to be deleted."
  type        = bool
  default     = true
}

variable "location" {
  description = "Where the servers stand."
  type        = string
  default     = "nbg1"

  validation {
    condition     = contains(["fsn1", "nbg1", "hel1", "ash", "hil", "sin"], var.location)
    error_message = "One of fsn1, nbg1, hel1, ash, hil, sin."
  }
}

variable "network_cidr" {
  description = "The private network that joins the servers; its first /24 is used."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(regex("^(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.).*/(8|9|1[0-9]|2[0-4])$", var.network_cidr)) && can(cidrhost(var.network_cidr, 0))
    error_message = "A private IPv4 range of /24 or larger, such as 10.20.0.0/16."
  }
}

variable "ssh_public_key" {
  description = "The key with which operators log in as deploy."
  type        = string

  validation {
    condition     = can(regex("^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh.com) [A-Za-z0-9+/=]+", var.ssh_public_key))
    error_message = "An OpenSSH public key, such as the content of ~/.ssh/id_ed25519.pub."
  }
}

variable "ssh_allowed_cidrs" {
  description = "Addresses from which SSH is open. An empty list closes it."
  type        = list(string)

  validation {
    condition     = alltrue([for cidr in var.ssh_allowed_cidrs : can(cidrhost(cidr, 0)) && !can(regex("/[0-7]$", cidr))])
    error_message = "Ranges in CIDR notation, none larger than /8: name the addresses of operators, such as 198.51.100.7/32."
  }
}

variable "domain" {
  description = "Name under which the dashboard and the API are served; its A record must point to hcloud_server_ip."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "A fully qualified name in lower case, such as jobs.example.com."
  }
}

variable "acme_email" {
  description = "Whom the certificate authority warns."
  type        = string

  validation {
    condition     = can(regex("^[^@\\s']+@[^@\\s']+\\.[^@\\s']+$", var.acme_email))
    error_message = "An e-mail address."
  }
}

variable "repository_url" {
  description = "Git repository that servers fetch and build, over HTTPS and readable without a password."
  type        = string

  validation {
    condition     = can(regex("^https://[^\\s'@]+$", var.repository_url))
    error_message = "An https:// address without credentials."
  }
}

variable "release" {
  description = "Tag that servers run. Workers are replaced when it changes; the cluster's server is upgraded by deploy.sh."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._-]*$", var.release))
    error_message = "A git tag, such as v1.0.0."
  }
}

variable "cluster_server_type" {
  description = "Type of the server with database, broker, API, dashboard and monitoring: 8 GB of memory or more."
  type        = string
  default     = "cx33"

  validation {
    condition     = can(regex("^(cx|cpx|ccx|cax)[0-9]{2}$", var.cluster_server_type))
    error_message = "A server type of Hetzner Cloud, such as cx33."
  }
}

variable "cluster_worker_replicas" {
  description = "Workers on the cluster's own server."
  type        = number
  default     = 1

  validation {
    condition     = var.cluster_worker_replicas >= 0 && var.cluster_worker_replicas <= 8 && floor(var.cluster_worker_replicas) == var.cluster_worker_replicas
    error_message = "A whole number from 0 to 8."
  }
}

variable "worker_count" {
  description = "Servers that run nothing but a worker."
  type        = number
  default     = 0

  validation {
    condition     = var.worker_count >= 0 && var.worker_count <= 90 && floor(var.worker_count) == var.worker_count
    error_message = "A whole number from 0 to 90: a network of Hetzner joins 100 servers."
  }
}

variable "worker_server_type" {
  description = "Type of a worker's server."
  type        = string
  default     = "cx23"

  validation {
    condition     = can(regex("^(cx|cpx|ccx|cax)[0-9]{2}$", var.worker_server_type))
    error_message = "A server type of Hetzner Cloud, such as cx23."
  }
}

variable "worker_prefetch" {
  description = "Jobs that one worker holds at once; 16 suits a model."
  type        = number
  default     = 1000

  validation {
    condition     = var.worker_prefetch >= 1 && var.worker_prefetch <= 65535 && floor(var.worker_prefetch) == var.worker_prefetch
    error_message = "A whole number from 1 to 65535."
  }
}

variable "data_volume_size" {
  description = "Gigabytes of the volume with the database, the broker's queues and the certificates."
  type        = number
  default     = 20

  validation {
    condition     = var.data_volume_size >= 10 && var.data_volume_size <= 10240 && floor(var.data_volume_size) == var.data_volume_size
    error_message = "A whole number from 10 to 10240."
  }
}

variable "openai" {
  description = "The OpenAI-compatible endpoint that works on jobs, such as the output worker_openai of ./azure; null: the mock."
  type = object({
    base_url = string
    api_key  = string
    model    = string
  })
  default   = null
  sensitive = true

  validation {
    condition     = var.openai == null || can(regex("^https://[^\\s'$]+$", var.openai.base_url))
    error_message = "base_url must be an https:// address."
  }

  validation {
    condition     = var.openai == null || can(regex("^[^\\s'$]+$", var.openai.api_key)) && can(regex("^[^\\s'$]+$", var.openai.model))
    error_message = "api_key and model must not be empty, nor hold spaces, quotes or dollar signs."
  }
}
