import { CheckItem } from "@/components/menu";
import { toast } from "@/components/toast";
import { canNotify, useNotifyPreference } from "./notify-preference";

/** The switch for notifications of the browser, off until somebody wants them. */
export function NotifyItem() {
  const [wanted, setWanted] = useNotifyPreference();
  const choose = async (next: boolean) => {
    if (!(await setWanted(next))) toast("The browser allows this page no notifications.", true);
  };
  if (!canNotify()) return null;
  return (
    <CheckItem
      checked={wanted}
      onChange={(next) => void choose(next)}
      hint="When your jobs finish while this tab is hidden"
    >
      Notifications
    </CheckItem>
  );
}
