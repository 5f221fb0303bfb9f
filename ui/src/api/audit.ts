import { apiUrl } from "./base";
import { call } from "./client";
import { nextCursor } from "./list-jobs";
import type { components } from "./schema";

export type AuditEntry = components["schemas"]["AuditEntry"];

/** By which of its fields entries are found: the API takes one at a time. */
export type AuditField = "actor" | "action" | "target";

/** What must be the same; null for all entries. */
export type AuditFilter = { field: AuditField; value: string } | null;

export type AuditPage = { entries: AuditEntry[]; next: string | null };

/** A page of the audit log, newest first. */
export async function listAudit(filter: AuditFilter, after: string | null, signal?: AbortSignal): Promise<AuditPage> {
  const params = paramsOf(filter);
  if (after !== null) params.set("after", after);
  const response = await call(`/audit${params.size === 0 ? "" : `?${params}`}`, { signal });
  return { entries: await response.json(), next: nextCursor(response.headers.get("link")) };
}

/** Where all entries that match are downloaded, one a line. */
export function auditExportUrl(filter: AuditFilter): string {
  const url = apiUrl("/audit/export");
  url.search = paramsOf(filter).toString();
  return url.href;
}

const paramsOf = (filter: AuditFilter) => new URLSearchParams(filter ? { [filter.field]: filter.value } : {});
