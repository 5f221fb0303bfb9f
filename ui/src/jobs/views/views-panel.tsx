import { lazy, Suspense } from "react";
import { useShortcuts } from "@/components/use-shortcuts";
import { useUrlState } from "../url-state";

const ViewsDialog = lazy(() => import("./views-dialog").then((module) => ({ default: module.ViewsDialog })));

/** The saved views, loaded when they are opened. */
export function ViewsPanel() {
  const { panel, change } = useUrlState();
  useShortcuts({ v: () => change({ panel: "views" }) });
  if (panel !== "views") return null;
  return (
    <Suspense>
      <ViewsDialog onClose={() => change({ panel: null }, true)} />
    </Suspense>
  );
}
