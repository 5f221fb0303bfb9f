import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { toast } from "@/components/toast";
import { removeJobs, upsertJobs } from "../job-cache";
import type { JobAction } from "../job-state";
import { DONE, type Outcome, runAction } from "./run-action";

export type Run = {
  action: JobAction;
  jobs: readonly Job[];
  onDone: (outcomes: readonly Outcome[]) => void;
};

/** Runs an action on jobs and writes what changed into the cache as it goes. */
export function useRunAction() {
  const client = useQueryClient();
  const [progress, setProgress] = useState(0);
  const run = useMutation({
    mutationFn: ({ action, jobs }: Run) =>
      runAction(action, jobs, ({ job, done, changed }) => {
        setProgress((finished) => finished + 1);
        if (changed) upsertJobs(client, [changed]);
        else if (done) removeJobs(client, [job.id]);
      }),
    onMutate: () => setProgress(0),
    onSuccess: (outcomes, { action }) => announce(action, outcomes),
    onSettled: () => client.invalidateQueries({ queryKey: jobKeys.stats() }),
  });
  return { run, progress };
}

function announce(action: JobAction, outcomes: readonly Outcome[]) {
  const [only] = outcomes;
  if (only && outcomes.length === 1) {
    toast(only.done ? `${DONE[action]}.` : only.message, !only.done);
  }
}
