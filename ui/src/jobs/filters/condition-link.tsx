import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Condition } from "@/api/job-keys";
import { patched, useUrlState } from "../url-state";
import { describe, withCondition } from "./conditions";

type Props = { condition: Condition; className?: string; children: ReactNode };

/** Leads to the jobs of which a condition holds, too; to the open job's place in them. */
export function ConditionLink({ condition, className = "", children }: Props) {
  const { filter, params } = useUrlState();
  const search = patched(params, { conditions: withCondition(filter.conditions, condition), panel: null }).toString();
  return (
    <Link to={{ search }} preventScrollReset title={`Show jobs with ${describe(condition)}`} className={className}>
      {children}
    </Link>
  );
}
