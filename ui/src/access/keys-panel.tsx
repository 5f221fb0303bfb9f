import { lazy, Suspense } from "react";
import { useUrlState } from "@/jobs/url-state";
import { useMay } from "./use-session";

const KeysDialog = lazy(() => import("./keys-dialog").then((module) => ({ default: module.KeysDialog })));

/** The API keys, loaded when an administrator opens them. */
export function KeysPanel() {
  const { panel, change } = useUrlState();
  const isAdmin = useMay("admin");
  if (panel !== "keys" || !isAdmin) return null;
  return (
    <Suspense>
      <KeysDialog onClose={() => change({ panel: null }, true)} />
    </Suspense>
  );
}
