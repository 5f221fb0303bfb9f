const LABELS: Record<string, string> = {
  "POST /jobs": "Submitted a job",
  "POST /jobs/batch": "Submitted a batch",
  "POST /jobs/{id}/retry": "Retried a job",
  "POST /jobs/{id}/cancel": "Cancelled a job",
  "DELETE /jobs/{id}": "Deleted a job",
  "POST /jobs/{id}/deliveries/{deliveryId}/redeliver": "Redelivered a notification",
  "POST /deliveries/redeliver": "Redelivered failed notifications",
  "POST /webhook-secrets": "Created a secret for webhooks",
  "DELETE /webhook-secrets/{id}": "Deleted a secret for webhooks",
  "POST /bulk": "Acted on, or counted, many jobs",
  "POST /bulk/{id}/cancel": "Stopped acting on many jobs",
  "POST /queues/{name}/pause": "Paused a queue",
  "POST /queues/{name}/resume": "Resumed a queue",
  "POST /workers/{name}/drain": "Drained a worker",
  "POST /workers/{name}/resume": "Resumed a worker",
  "POST /dead-letters/{id}/requeue": "Requeued a dead letter's job",
  "DELETE /dead-letters/{id}": "Discarded a dead letter",
  "POST /api-keys": "Created an API key",
  "DELETE /api-keys/{id}": "Revoked an API key",
  "POST /session": "Signed in",
  "DELETE /session": "Signed out",
};

/** What was done, in words where there are some for the route. */
export const labelOf = (action: string) => LABELS[action];
