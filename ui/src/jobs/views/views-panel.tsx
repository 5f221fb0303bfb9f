import { lazy } from "react";
import { useShortcuts } from "@/components/use-shortcuts";
import { Panel } from "../panel";
import { useUrlState } from "../url-state";

const ViewsDialog = lazy(() => import("./views-dialog").then((module) => ({ default: module.ViewsDialog })));

/** The saved views, loaded when they are opened. */
export function ViewsPanel() {
  const { change } = useUrlState();
  useShortcuts({ v: () => change({ panel: "views" }) });
  return <Panel name="views">{(onClose) => <ViewsDialog onClose={onClose} />}</Panel>;
}
