locals {
  name   = "${var.project}-${var.environment}"
  labels = { project = var.project, environment = var.environment, managed-by = "terraform" }

  zones      = { fsn1 = "eu-central", nbg1 = "eu-central", hel1 = "eu-central", ash = "us-east", hil = "us-west", sin = "ap-southeast" }
  subnet     = cidrsubnet(var.network_cidr, 24 - tonumber(split("/", var.network_cidr)[1]), 0)
  cluster_ip = cidrhost(local.subnet, 10)
  image      = "debian-13"

  bootstrap = {
    ssh_public_key = var.ssh_public_key
    repository_url = var.repository_url
    release        = var.release
  }
}

resource "hcloud_ssh_key" "operator" {
  name       = local.name
  public_key = var.ssh_public_key
  labels     = local.labels
}

resource "hcloud_network" "private" {
  name     = local.name
  ip_range = var.network_cidr
  labels   = local.labels
}

resource "hcloud_network_subnet" "servers" {
  network_id   = hcloud_network.private.id
  type         = "cloud"
  network_zone = local.zones[var.location]
  ip_range     = local.subnet
}

# Firewalls of Hetzner guard public addresses alone; what listens on the private network is bound there by Compose.
resource "hcloud_firewall" "ssh" {
  name   = "${local.name}-ssh"
  labels = local.labels

  dynamic "rule" {
    for_each = length(var.ssh_allowed_cidrs) > 0 ? [var.ssh_allowed_cidrs] : []

    content {
      description = "SSH for operators"
      direction   = "in"
      protocol    = "tcp"
      port        = "22"
      source_ips  = rule.value
    }
  }
}

resource "hcloud_firewall" "web" {
  name   = "${local.name}-web"
  labels = local.labels

  dynamic "rule" {
    for_each = [
      { protocol = "tcp", port = "80", description = "HTTP, for certificates and the way to HTTPS" },
      { protocol = "tcp", port = "443", description = "HTTPS" },
      { protocol = "udp", port = "443", description = "HTTP/3" },
    ]

    content {
      description = rule.value.description
      direction   = "in"
      protocol    = rule.value.protocol
      port        = rule.value.port
      source_ips  = ["0.0.0.0/0", "::/0"]
    }
  }
}

resource "hcloud_primary_ip" "cluster" {
  name              = local.name
  type              = "ipv4"
  location          = var.location
  auto_delete       = false
  delete_protection = var.deletion_protection
  labels            = local.labels
}

resource "hcloud_volume" "data" {
  name              = "${local.name}-data"
  size              = var.data_volume_size
  location          = var.location
  format            = "ext4"
  delete_protection = var.deletion_protection
  labels            = local.labels
}

resource "hcloud_server" "cluster" {
  name                     = local.name
  server_type              = var.cluster_server_type
  image                    = local.image
  location                 = var.location
  ssh_keys                 = [hcloud_ssh_key.operator.id]
  firewall_ids             = [hcloud_firewall.ssh.id, hcloud_firewall.web.id]
  backups                  = true
  shutdown_before_deletion = true
  delete_protection        = var.deletion_protection
  rebuild_protection       = var.deletion_protection
  labels                   = merge(local.labels, { role = "cluster" })
  user_data = templatefile("${path.module}/cloud-init/server.yaml.tftpl", merge(local.bootstrap, {
    environment_file = local.cluster_env
    volume_id        = hcloud_volume.data.id
  }))

  public_net {
    ipv4         = hcloud_primary_ip.cluster.id
    ipv4_enabled = true
    ipv6_enabled = true
  }

  network {
    network_id = hcloud_network.private.id
    ip         = local.cluster_ip
    alias_ips  = []
  }

  lifecycle {
    # Each of these would replace the server; the runbook tells how its release and its settings are changed in place.
    ignore_changes = [user_data, ssh_keys, image]
  }

  depends_on = [hcloud_network_subnet.servers]
}

resource "hcloud_volume_attachment" "data" {
  volume_id = hcloud_volume.data.id
  server_id = hcloud_server.cluster.id
  automount = false
}
