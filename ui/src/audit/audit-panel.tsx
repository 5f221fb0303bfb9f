import { lazy } from "react";
import { useMay } from "@/access/use-session";
import { Panel } from "@/jobs/panel";

const AuditDialog = lazy(() => import("./audit-dialog").then((module) => ({ default: module.AuditDialog })));

/** The audit log, loaded when an administrator opens it. */
export function AuditPanel() {
  return (
    <Panel name="audit" allowed={useMay("admin")}>
      {(onClose) => <AuditDialog onClose={onClose} />}
    </Panel>
  );
}
