import { lazy, Suspense } from "react";
import { useMay } from "@/access/use-session";
import { useUrlState } from "@/jobs/url-state";

const WebhooksDialog = lazy(() => import("./webhooks-dialog").then((module) => ({ default: module.WebhooksDialog })));

/** What a submitter's webhooks need, loaded when it is opened. */
export function WebhooksPanel() {
  const { panel, change } = useUrlState();
  const isSubmitter = useMay("submitter");
  if (panel !== "webhooks" || !isSubmitter) return null;
  return (
    <Suspense>
      <WebhooksDialog onClose={() => change({ panel: null }, true)} />
    </Suspense>
  );
}
