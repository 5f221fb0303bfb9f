import { lazy, Suspense } from "react";
import { useShortcuts } from "@/components/use-shortcuts";
import { useUrlState } from "../url-state";

const FilterDialog = lazy(() => import("./filter-dialog").then((module) => ({ default: module.FilterDialog })));

/** The filters, loaded when they are opened. */
export function FilterPanel() {
  const { panel, change } = useUrlState();
  useShortcuts({ f: () => change({ panel: "filters" }) });
  if (panel !== "filters") return null;
  return (
    <Suspense>
      <FilterDialog onClose={() => change({ panel: null }, true)} />
    </Suspense>
  );
}
