import { lazy, Suspense, useEffect } from "react";
import { useUrlState } from "../url-state";

const load = () => import("./job-drawer");

const JobDrawer = lazy(() => load().then((module) => ({ default: module.JobDrawer })));

/** The open job. What shows it is loaded once the page stands, so that the first job opens at once. */
export function JobPanel() {
  const { openJob } = useUrlState();
  useEffect(() => void load().catch(() => undefined), []);
  if (openJob === null) return null;
  return (
    <Suspense>
      <JobDrawer openJob={openJob} />
    </Suspense>
  );
}
