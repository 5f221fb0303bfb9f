import { type ReactNode, Suspense } from "react";
import { type Panel as Name, useUrlState } from "./url-state";

type Props = { name: Name; allowed?: boolean; children: (onClose: () => void) => ReactNode };

/** What is open over the page while its address says so; what shows it may still have to be loaded. */
export function Panel({ name, allowed = true, children }: Props) {
  const { panel, change } = useUrlState();
  if (panel !== name || !allowed) return null;
  return <Suspense>{children(() => change({ panel: null }, true))}</Suspense>;
}
