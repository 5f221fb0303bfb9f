import { lazy } from "react";
import { Panel } from "@/jobs/panel";
import { useMay } from "./use-session";

const KeysDialog = lazy(() => import("./keys-dialog").then((module) => ({ default: module.KeysDialog })));

/** The API keys, loaded when an administrator opens them. */
export function KeysPanel() {
  return (
    <Panel name="keys" allowed={useMay("admin")}>
      {(onClose) => <KeysDialog onClose={onClose} />}
    </Panel>
  );
}
