import { call } from "./client";
import type { components } from "./schema";

export type WebhookSecret = components["schemas"]["WebhookSecret"];

/** The caller's own secrets that sign now, the newest first. */
export async function listSecrets(signal?: AbortSignal): Promise<WebhookSecret[]> {
  const response = await call("/webhook-secrets", { signal });
  return response.json();
}

/** Ends it at once: the others sign on. */
export async function deleteSecret(id: string): Promise<void> {
  await call(`/webhook-secrets/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** Returns the secret with its text, which nobody gets again. */
export async function createSecret(): Promise<WebhookSecret> {
  const response = await call("/webhook-secrets", { method: "POST" });
  return response.json();
}
