import { useInfiniteQuery } from "@tanstack/react-query";
import { type AuditFilter, listAudit } from "@/api/audit";
import { textOf } from "./audit-filter";

/** The audit log, page by page; read anew whenever it is opened. */
export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ["audit", textOf(filter)],
    queryFn: ({ pageParam, signal }) => listAudit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
  });
}
