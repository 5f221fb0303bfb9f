import { Suspense, useEffect } from "react";
import { KeysPanel } from "@/access/keys-panel";
import { useMay } from "@/access/use-session";
import { AuditPanel } from "@/audit/audit-panel";
import { Toasts } from "@/components/toast";
import { followWriting } from "@/components/writing";
import { JobActionsProvider } from "@/jobs/actions/job-actions";
import { BulkNotice } from "@/jobs/bulk/bulk-notice";
import { JobPanel } from "@/jobs/detail/job-panel";
import { useUrlState } from "@/jobs/url-state";
import { WebhooksPanel } from "@/webhooks/webhooks-panel";
import { useDocumentTitle } from "./document-title";
import { Header } from "./header";
import { usePages } from "./use-pages";

export function Dashboard() {
  const { openJob } = useUrlState();
  const seesAll = useMay("viewer");
  const { page } = usePages();
  useEffect(followWriting, []);
  useDocumentTitle(page.view === "jobs" ? null : page.label);
  return (
    <JobActionsProvider>
      <Header />
      <main className={openJob === null ? "" : "beside-drawer"}>
        {seesAll && <BulkNotice />}
        <Suspense fallback={<p className="p-6 text-ink-muted">Loading…</p>}>
          <page.Content />
        </Suspense>
      </main>
      <JobPanel />
      <KeysPanel />
      <AuditPanel />
      <WebhooksPanel />
      <Toasts />
    </JobActionsProvider>
  );
}
