output "hcloud_server_ip" {
  description = "Public address of the cluster's server: what the domain's A record must hold."
  value       = hcloud_primary_ip.cluster.ip_address
}

output "url" {
  description = "The dashboard."
  value       = "https://${var.domain}"
}

output "worker_ips" {
  description = "Public addresses of the workers' servers."
  value       = hcloud_primary_ip.worker[*].ip_address
}

output "outbound_ips" {
  description = "Addresses from which workers call a model: allowed_ips of ./azure."
  value       = concat([hcloud_primary_ip.cluster.ip_address], hcloud_primary_ip.worker[*].ip_address)
}

output "cluster_env" {
  description = "The .env of the cluster's server, for the runbook's steps that change it in place."
  value       = local.cluster_env
  sensitive   = true
}
