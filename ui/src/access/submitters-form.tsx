import { JobForm } from "@/jobs/form/job-form";
import { useMay } from "./use-session";

/** The form of new jobs, or why there is none. */
export function SubmittersForm() {
  if (useMay("submitter")) return <JobForm />;
  return <p className="text-ink-muted">You may read jobs. To submit them, you need the role submitter.</p>;
}
