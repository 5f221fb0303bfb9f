import { rememberedChoice } from "@/components/remembered-choice";

const { choose, chosen, useChoice } = rememberedChoice("notify-finished", false);

/** Not everywhere: Safari on a phone has none in pages, nor has a page that came by plain http. */
export const canNotify = () => "Notification" in window && window.isSecureContext;

/** Whether notifications are wanted and allowed. */
export const isNotifying = () => chosen() && canNotify() && Notification.permission === "granted";

/**
 * Whether this browser wants notifications. The one that is chosen asks for the browser's permission, which nothing else
 * does, and says whether it has it.
 */
export function useNotifyPreference(): [boolean, (wanted: boolean) => Promise<boolean>] {
  useChoice();
  return [isNotifying(), choosePermitted];
}

async function choosePermitted(wanted: boolean): Promise<boolean> {
  const allowed = !wanted || (await Notification.requestPermission()) === "granted";
  choose(wanted && allowed);
  return allowed;
}
