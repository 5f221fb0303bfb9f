resource "hcloud_placement_group" "workers" {
  count = var.worker_count > 0 ? ceil(var.worker_count / 10) : 0

  name   = "${local.name}-workers-${count.index + 1}"
  type   = "spread" # of at most ten servers
  labels = local.labels
}

# Of their own, so that they are known before the servers are, and stay when a server is replaced.
resource "hcloud_primary_ip" "worker" {
  count = var.worker_count

  name        = "${local.name}-worker-${count.index + 1}"
  type        = "ipv4"
  location    = var.location
  auto_delete = false
  labels      = local.labels
}

resource "hcloud_server" "worker" {
  count = var.worker_count

  name                     = "${local.name}-worker-${count.index + 1}"
  server_type              = var.worker_server_type
  image                    = local.image
  location                 = var.location
  ssh_keys                 = [hcloud_ssh_key.operator.id]
  firewall_ids             = [hcloud_firewall.ssh.id]
  placement_group_id       = hcloud_placement_group.workers[floor(count.index / 10)].id
  shutdown_before_deletion = true
  labels                   = merge(local.labels, { role = "worker" })
  user_data = templatefile("${path.module}/cloud-init/server.yaml.tftpl", merge(local.bootstrap, {
    environment_file = local.worker_env[count.index]
    volume_id        = null
  }))

  public_net {
    ipv4         = hcloud_primary_ip.worker[count.index].id
    ipv4_enabled = true
    ipv6_enabled = true
  }

  network {
    network_id = hcloud_network.private.id
    ip         = cidrhost(local.subnet, 20 + count.index)
    alias_ips  = []
  }

  lifecycle {
    ignore_changes = [ssh_keys, image]
  }

  depends_on = [hcloud_network_subnet.servers]
}
