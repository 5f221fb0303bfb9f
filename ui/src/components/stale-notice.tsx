import { messageOf } from "@/api/problem";
import { Icon } from "./icon";

type Props = { what: string; error: unknown; className: string };

/** Says beside what is shown that it could not be refreshed, and why. */
export function StaleNotice({ what, error, className }: Props) {
  return (
    <p role="status" className={`flex items-center gap-2 text-xs text-failed ${className}`}>
      <Icon name="alert" />
      {what} could not be refreshed: {messageOf(error)} Retrying every 2 s.
    </p>
  );
}
