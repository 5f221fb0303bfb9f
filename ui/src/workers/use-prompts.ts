import { useQuery } from "@tanstack/react-query";
import { listJobs } from "@/api/list-jobs";
import { usePoll } from "@/jobs/use-poll";

const INTERVAL = 5_000;
const NONE: ReadonlyMap<string, string> = new Map();

/** What the newest jobs of a worker are about that have not finished, by their ids. */
export function usePrompts(worker: string): ReadonlyMap<string, string> {
  const { data = NONE, refetch } = useQuery({
    queryKey: ["prompts", worker],
    queryFn: async ({ signal }) => {
      const page = await listJobs({ status: "PENDING", q: "", conditions: [["worker", worker]] }, { signal });
      return new Map(page?.jobs.map(({ id, prompt }) => [id, prompt]));
    },
    structuralSharing: false,
  });
  usePoll(refetch, true, INTERVAL);
  return data;
}
