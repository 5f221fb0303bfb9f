import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { createJob } from "@/api/create-job";
import { createJobs } from "@/api/create-jobs";
import type { Job } from "@/api/job";
import { jobKeys } from "@/api/job-keys";
import { upsertJobs } from "../job-cache";
import { keep, recall } from "./draft";
import { type KeyedSubmission, newKey, type Submission } from "./submission";

const SUBMIT = ["submit"] as const;

async function send({ prompts, options, key, batch }: KeyedSubmission): Promise<Job[]> {
  const [first, ...others] = prompts.map((prompt) => ({ prompt, ...options }));
  if (first === undefined) return [];
  return batch ? createJobs([first, ...others], key) : [await createJob(first, key)];
}

const contentOf = ({ prompts, options, batch }: Submission) => JSON.stringify([prompts, options, batch]);

/**
 * Submits jobs. The same jobs go out under the same key until they are known to be jobs, through a reload too, so
 * that none becomes two jobs.
 */
export function useSubmit() {
  const client = useQueryClient();
  const unsettled = useRef(recall("unsettled"));
  const mutation = useMutation({ mutationKey: SUBMIT, mutationFn: send });
  const settle = (submission: KeyedSubmission | null) => {
    unsettled.current = submission;
    keep("unsettled", submission);
  };
  // Called with the change of state: the jobs' rows come as those of the submission go, and nothing moves.
  const done = (jobs: readonly Job[]) => {
    settle(null);
    upsertJobs(client, jobs);
    void client.invalidateQueries({ queryKey: jobKeys.stats() });
  };
  const submit = (submission: Submission, onDone: () => void) => {
    if (submission.prompts.length === 0 || mutation.isPending) return;
    const before = unsettled.current;
    const same = before !== null && contentOf(before) === contentOf(submission);
    const keyed = { ...submission, key: same ? before.key : newKey() };
    settle(keyed);
    mutation.mutate(keyed, {
      onSuccess: (jobs) => {
        done(jobs);
        onDone();
      },
    });
  };
  return { submit, error: mutation.error, isPending: mutation.isPending, clear: mutation.reset };
}

/** What is on its way to the server: shown as rows before it is a job. */
export function useSubmissions(): Submission[] {
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
