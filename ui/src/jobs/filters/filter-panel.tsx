import { lazy } from "react";
import { useShortcuts } from "@/components/use-shortcuts";
import { Panel } from "../panel";
import { useUrlState } from "../url-state";

const FilterDialog = lazy(() => import("./filter-dialog").then((module) => ({ default: module.FilterDialog })));

/** The filters, loaded when they are opened. */
export function FilterPanel() {
  const { change } = useUrlState();
  useShortcuts({ f: () => change({ panel: "filters" }) });
  return <Panel name="filters">{(onClose) => <FilterDialog onClose={onClose} />}</Panel>;
}
