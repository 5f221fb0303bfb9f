import { lazy } from "react";
import { useMay } from "@/access/use-session";
import { Panel } from "@/jobs/panel";

const WebhooksDialog = lazy(() => import("./webhooks-dialog").then((module) => ({ default: module.WebhooksDialog })));

/** What a submitter's webhooks need, loaded when it is opened. */
export function WebhooksPanel() {
  return (
    <Panel name="webhooks" allowed={useMay("submitter")}>
      {(onClose) => <WebhooksDialog onClose={onClose} />}
    </Panel>
  );
}
