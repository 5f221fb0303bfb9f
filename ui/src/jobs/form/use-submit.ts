import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { createJob } from "@/api/create-job";
import { createJobs } from "@/api/create-jobs";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { upsertJobs } from "../job-cache";
import { keep, recall } from "./draft";
import { newKey, type Submission } from "./submission";

const SUBMIT = ["submit"] as const;

const send = async ({ prompts, key, batch }: Submission) =>
  batch ? createJobs(prompts, key) : [await createJob(prompts[0] ?? "", key)];

/**
 * Submits prompts. The same prompts go out under the same key until they are known to be jobs, through a reload too, so
 * that none becomes two jobs.
 */
export function useSubmit() {
  const client = useQueryClient();
  const unsettled = useRef(recall("unsettled"));
  const mutation = useMutation({ mutationKey: SUBMIT, mutationFn: send });
  const settle = (submission: Submission | null) => {
    unsettled.current = submission;
    keep("unsettled", submission);
  };
  // Called with the change of state: the jobs' rows come as those of the submission go, and nothing moves.
  const done = (jobs: readonly Job[]) => {
    settle(null);
    upsertJobs(client, jobs);
    void client.invalidateQueries({ queryKey: jobKeys.stats() });
  };
  const submit = (prompts: string[], batch: boolean, onDone: () => void) => {
    if (prompts.length === 0 || mutation.isPending) return;
    const same = unsettled.current?.batch === batch && unsettled.current.prompts.join("\n") === prompts.join("\n");
    const submission = { prompts, batch, key: same && unsettled.current ? unsettled.current.key : newKey() };
    settle(submission);
    mutation.mutate(submission, {
      onSuccess: (jobs) => {
        done(jobs);
        onDone();
      },
    });
  };
  return { submit, error: mutation.error, isPending: mutation.isPending, clear: mutation.reset };
}

/** What is on its way to the server: shown as rows before it is a job. */
export function useUnderWay(): Submission[] {
  return useMutationState({
    filters: { mutationKey: SUBMIT, status: "pending" },
    select: ({ state }) => state.variables as Submission,
  });
}

/** The ids of the jobs that were submitted here within the last minutes. */
export function useSubmitted(): ReadonlySet<string> {
  const jobs = useMutationState({
    filters: { mutationKey: SUBMIT, status: "success" },
    select: ({ state }) => state.data as readonly Job[],
  });
  return useMemo(() => new Set(jobs.flat().map(({ id }) => id)), [jobs]);
}
