import { useMay } from "@/access/use-session";
import type { Minute } from "@/api/get-stats";
import { useReachable } from "@/api/reachability";
import { useStats } from "@/jobs/stats/use-stats";
import { usePoll } from "@/jobs/use-poll";
import { DEAD_LETTERS, GLANCE, useSystem } from "@/system/use-system";

const MINUTES = 5;
const FEWEST = 3;
const SHARE = 0.1;

/** What needs somebody now, in a few words, or null: that nothing answers, a part does not work, or jobs fail. */
export function useAlarm(): string | null {
  const reachable = useReachable();
  const broken = useBrokenPart();
  const { data, refetch } = useStats();
  usePoll(refetch, useMay("viewer"));
  if (!reachable) return "Unreachable";
  if (broken === DEAD_LETTERS) return "Dead letters need you";
  if (broken !== undefined) return `The ${broken} needs you`;
  return data ? failingOf(data.perMinute) : null;
}

/** The failures of the last minutes, where they are several and a tenth of what finished: "12 % fail now". */
export function failingOf(perMinute: readonly Minute[]): string | null {
  const minutes = perMinute.slice(-MINUTES);
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
  const finished = minutes.reduce((sum, minute) => sum + minute.completed, failed);
  return failed >= FEWEST && failed >= SHARE * finished ? `${Math.round((100 * failed) / finished)} % fail now` : null;
}

/** The first part of the service that does not work, as far as the caller may know. */
function useBrokenPart(): string | undefined {
  const { data } = useSystem(GLANCE, useMay("operator"));
  const broken = data?.checks.filter(({ ok }) => !ok).map(({ name }) => name);
  return broken?.find((name) => name !== DEAD_LETTERS) ?? broken?.[0];
}
