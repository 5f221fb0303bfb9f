import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Condition } from "@/api/job-keys";
import { patched, useUrlState } from "../url-state";

type Props = { conditions: readonly Condition[]; label: string; children: ReactNode };

/** Leads to the jobs of a group, and of no other filter. */
export function FailureLink({ conditions, label, children }: Props) {
  const { params } = useUrlState();
  const search = patched(params, { conditions, status: "FAILED", q: null, period: null }).toString();
  return (
    <Link to={{ search }} aria-label={label} className="block font-mono break-words hover:underline">
      <bdi>{children}</bdi>
    </Link>
  );
}
