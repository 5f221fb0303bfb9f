import { lazy, Suspense } from "react";
import type { Job, JobEvent } from "@/api/job";
import { Button } from "@/components/button";
import { useUrlState } from "../url-state";
import { attemptsOf } from "./attempts";

const CompareDialog = lazy(() => import("./compare-dialog").then((module) => ({ default: module.CompareDialog })));

/** Leads to two attempts side by side, where there are two; which they are is in the address. */
export function CompareAttempts({ job, history }: { job: Job; history: readonly JobEvent[] }) {
  const { params, change } = useUrlState();
  const attempts = attemptsOf(job, history);
  const [before, last] = attempts.slice(-2).map(({ number }) => number);
  if (before === undefined || last === undefined) return null;
  const compare = ([left, right]: readonly [number, number], replace = false) =>
    change({ compare: `${left}-${right}` }, replace);
  const asked = params.get("compare");
  return (
    <>
      <Button look="quiet" className="h-7 px-2 text-xs" onClick={() => compare([before, last])}>
        Compare…
      </Button>
      {asked !== null && (
        <Suspense>
          <CompareDialog
            attempts={attempts}
            pair={
              pairOf(
                asked,
                attempts.map(({ number }) => number),
              ) ?? [before, last]
            }
            onPair={(pair) => compare(pair, true)}
            onClose={() => change({ compare: null }, true)}
          />
        </Suspense>
      )}
    </>
  );
}

/** "1-3" where both are attempts, or null. */
function pairOf(text: string, numbers: readonly number[]): readonly [number, number] | null {
  const [left, right] = text.split("-").map(Number);
  return left !== undefined && right !== undefined && numbers.includes(left) && numbers.includes(right)
    ? [left, right]
    : null;
}
