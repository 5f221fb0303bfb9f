mock_provider "azurerm" {
  mock_resource "azurerm_cognitive_account" {
    defaults = {
      id                 = "/subscriptions/0/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a"
      endpoint           = "https://job-processor-prod-0a0a0a0a.openai.azure.com/"
      primary_access_key = "key"
    }
  }
}

mock_provider "random" {
  mock_resource "random_id" {
    defaults = { hex = "0a0a0a0a" }
  }
}

variables {
  azure_subscription_id = "00000000-0000-0000-0000-000000000000"
  environment           = "prod"
  allowed_ips           = ["203.0.113.10"]
}

run "configures_the_worker" {
  assert {
    condition = output.worker_openai == {
      base_url = "https://job-processor-prod-0a0a0a0a.openai.azure.com/openai/v1/"
      api_key  = "key"
      model    = "worker"
    }
    error_message = "The output fits the servers' variable openai."
  }

  assert {
    condition     = one(azurerm_cognitive_account.openai.network_acls).default_action == "Deny"
    error_message = "Only the named addresses may call the model."
  }
}

run "refuses_what_is_wrong" {
  command = plan

  variables {
    azure_subscription_id = "mine"
    environment           = "production"
    allowed_ips           = []
    capacity              = 0
  }

  expect_failures = [var.azure_subscription_id, var.environment, var.allowed_ips, var.capacity]
}
