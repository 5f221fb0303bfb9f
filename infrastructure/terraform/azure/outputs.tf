output "azure_openai_endpoint" {
  description = "The account's address."
  value       = azurerm_cognitive_account.openai.endpoint
}

output "azure_openai_key" {
  description = "The account's first key."
  value       = azurerm_cognitive_account.openai.primary_access_key
  sensitive   = true
}

output "worker_openai" {
  description = "The variable openai of the servers, as JSON: what the worker's processor is configured with."
  sensitive   = true
  value = {
    base_url = "${trimsuffix(azurerm_cognitive_account.openai.endpoint, "/")}/openai/v1/"
    api_key  = azurerm_cognitive_account.openai.primary_access_key
    model    = azurerm_cognitive_deployment.worker.name
  }
}
