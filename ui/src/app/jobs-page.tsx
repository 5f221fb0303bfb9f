import { OpenNotice } from "@/access/open-notice";
import { SubmittersForm } from "@/access/submitters-form";
import { useMay } from "@/access/use-session";
import { JobListPanel } from "@/jobs/list/job-list-panel";
import { PausedNotice } from "@/jobs/queues/paused-notice";
import { StatsStrip } from "@/jobs/stats/stats-strip";

export function JobsPage() {
  const seesAll = useMay("viewer");
  return (
    <>
      {seesAll && <StatsStrip />}
      <PausedNotice />
      <div className="lg:grid lg:min-h-[calc(100vh-9.25rem)] lg:grid-cols-[22rem_minmax(0,1fr)]">
        <div className="border-b border-line px-4 py-4 lg:border-r lg:border-b-0 lg:px-6">
          <div className="lg:sticky lg:top-[calc(var(--header)+1rem)] lg:-mx-2 lg:max-h-[calc(100vh-var(--header)-2rem)] lg:overflow-y-auto lg:px-2 lg:pb-2">
            <SubmittersForm />
            <OpenNotice />
          </div>
        </div>
        <JobListPanel />
      </div>
    </>
  );
}
