# With mocked providers: what is planned, and what variables refuse.

mock_provider "hcloud" {
  mock_resource "hcloud_ssh_key" {
    defaults = { id = "11" }
  }
  mock_resource "hcloud_network" {
    defaults = { id = "21" }
  }
  mock_resource "hcloud_firewall" {
    defaults = { id = "31" }
  }
  mock_resource "hcloud_primary_ip" {
    defaults = { id = "41", ip_address = "203.0.113.10" }
  }
  mock_resource "hcloud_volume" {
    defaults = { id = "4711" }
  }
  mock_resource "hcloud_server" {
    defaults = { id = "51" }
  }
  mock_resource "hcloud_placement_group" {
    defaults = { id = "61" }
  }
}

mock_provider "random" {
  mock_resource "random_password" {
    defaults = { result = "generated" }
  }
}

variables {
  hcloud_token      = "token"
  environment       = "prod"
  domain            = "jobs.example.com"
  acme_email        = "operations@example.com"
  ssh_public_key    = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample operator"
  ssh_allowed_cidrs = ["198.51.100.7/32"]
  repository_url    = "https://git.example.com/job-processor.git"
  release           = "v1.0.0"
}

run "one_server" {
  assert {
    condition     = length(hcloud_server.worker) == 0 && output.hcloud_server_ip == "203.0.113.10"
    error_message = "One server, and its address as output."
  }

  assert {
    condition     = toset([for rule in hcloud_firewall.web.rule : rule.port]) == toset(["80", "443"])
    error_message = "Nothing is public but HTTP and HTTPS."
  }

  assert {
    condition     = toset(flatten([for rule in hcloud_firewall.ssh.rule : rule.source_ips])) == toset(["198.51.100.7/32"])
    error_message = "SSH is open to operators alone."
  }

  assert {
    condition     = hcloud_server.cluster.backups && hcloud_server.cluster.delete_protection && hcloud_volume.data.delete_protection
    error_message = "All is backed up and protected from deletion."
  }

  assert {
    condition     = strcontains(output.cluster_env, "MONGODB_PASSWORD='generated'\n") && !strcontains(output.cluster_env, "WORKER_PROCESSOR")
    error_message = "Generated secrets, and the mock."
  }

  assert {
    condition     = can(yamldecode(hcloud_server.cluster.user_data)) && strcontains(hcloud_server.cluster.user_data, "scsi-0HC_Volume_4711")
    error_message = "User data is YAML and mounts the volume."
  }
}

run "workers_of_their_own" {
  variables {
    worker_count            = 12
    cluster_worker_replicas = 0
    openai                  = { base_url = "https://example.openai.azure.com/openai/v1/", api_key = "key", model = "worker" }
  }

  assert {
    condition     = [for server in hcloud_server.worker : one(server.network).ip] == [for index in range(12) : "10.20.0.${20 + index}"]
    error_message = "Workers are joined by the private network."
  }

  assert {
    condition     = length(hcloud_placement_group.workers) == 2
    error_message = "A spread placement group holds ten servers at most."
  }

  assert {
    condition     = alltrue([for server in hcloud_server.worker : length(server.firewall_ids) == 1])
    error_message = "Nothing of a worker is public but SSH, for operators."
  }

  assert {
    condition     = can(yamldecode(hcloud_server.worker[0].user_data)) && !strcontains(hcloud_server.worker[0].user_data, "HC_Volume")
    error_message = "User data is YAML, and mounts no volume."
  }

  assert {
    condition = alltrue([for setting in [
      "WORKER_PROCESSOR='openai'", "WORKER_OPENAI_BASE_URL='https://example.openai.azure.com/openai/v1/'",
      "WORKER_OPENAI_API_KEY='key'", "WORKER_OPENAI_MODEL='worker'", "CLUSTER_IP='10.20.0.10'",
      "WORKER_NAME='job-processor-prod-worker-12'"
    ] : strcontains(local.worker_env[11], "${setting}\n")])
    error_message = "The model reaches the workers."
  }

  assert {
    condition     = !strcontains(local.worker_env[0], "MONGODB") && !strcontains(local.worker_env[0], "GRAFANA")
    error_message = "Workers get no secret that is not theirs."
  }
}

run "refuses_what_is_unsafe_or_wrong" {
  command = plan

  variables {
    hcloud_token        = "token"
    environment         = "production"
    location            = "nowhere"
    network_cidr        = "8.8.8.0/24"
    ssh_public_key      = "secret"
    ssh_allowed_cidrs   = ["0.0.0.0/0"]
    domain              = "localhost"
    acme_email          = "nobody"
    repository_url      = "https://user:password@example.com/x.git"
    release             = "$(reboot)"
    cluster_server_type = "large"
    worker_server_type  = "small"
    worker_count        = 1.5
    worker_prefetch     = 0
    data_volume_size    = 1
    openai              = { base_url = "http://example.com", api_key = "", model = "m" }
  }

  expect_failures = [
    var.environment, var.location, var.network_cidr, var.ssh_public_key, var.ssh_allowed_cidrs, var.domain, var.acme_email,
    var.repository_url, var.release, var.cluster_server_type, var.worker_server_type, var.worker_count, var.worker_prefetch,
    var.data_volume_size, var.openai,
  ]
}
