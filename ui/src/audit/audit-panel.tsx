import { lazy, Suspense } from "react";
import { useMay } from "@/access/use-session";
import { useUrlState } from "@/jobs/url-state";

const AuditDialog = lazy(() => import("./audit-dialog").then((module) => ({ default: module.AuditDialog })));

/** The audit log, loaded when an administrator opens it. */
export function AuditPanel() {
  const { panel, change } = useUrlState();
  const isAdmin = useMay("admin");
  if (panel !== "audit" || !isAdmin) return null;
  return (
    <Suspense>
      <AuditDialog onClose={() => change({ panel: null, audit: null }, true)} />
    </Suspense>
  );
}
