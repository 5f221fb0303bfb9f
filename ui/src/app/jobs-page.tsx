import { useMay } from "@/access/use-session";
import { useMedia } from "@/components/use-media";
import { useFormFolded } from "@/jobs/form/form-folded";
import { JobListPanel } from "@/jobs/list/job-list-panel";
import { PausedNotice } from "@/jobs/queues/paused-notice";
import { StatsStrip } from "@/jobs/stats/stats-strip";
import { useUrlState } from "@/jobs/url-state";
import { FormColumn } from "./form-column";

/** Where the drawer stands beside the list, and leaves it no room for the form as well. */
const CROWDED = "(min-width: 80rem) and (max-width: 119.99rem)";

export function JobsPage() {
  const seesAll = useMay("viewer");
  const { openJob } = useUrlState();
  const [chosen] = useFormFolded();
  const crowded = useMedia(CROWDED) && openJob !== null;
  const folded = chosen || crowded;
  return (
    <>
      {seesAll && <StatsStrip />}
      <PausedNotice />
      <div
        className={`lg:grid lg:min-h-[calc(100vh-9.25rem)] ${folded ? "lg:grid-cols-[3.25rem_minmax(0,1fr)]" : "lg:grid-cols-[22rem_minmax(0,1fr)]"}`}
      >
        <FormColumn folded={folded} crowded={crowded} />
        <JobListPanel />
      </div>
    </>
  );
}
