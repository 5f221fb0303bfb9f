import * as Radix from "@radix-ui/react-alert-dialog";
import { Button } from "./button";

type Props = {
  open: boolean;
  look: "solid" | "danger";
  title: string;
  consequence: string;
  confirm: string;
  dismiss: string;
  onConfirm: () => void;
  onDismiss: () => void;
};

export function Confirm({ open, look, title, consequence, confirm, dismiss, onConfirm, onDismiss }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onDismiss()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-60 bg-black/40" />
        <Radix.Content className="fixed inset-x-4 top-[22vh] z-60 mx-auto max-w-md animate-rise rounded-panel border border-line bg-surface p-5 shadow-over">
          <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
          <Radix.Description className="mt-1 text-ink-muted">{consequence}</Radix.Description>
          <div className="mt-5 flex justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{dismiss}</Button>
            </Radix.Cancel>
            <Radix.Action asChild onClick={onConfirm}>
              <Button look={look}>{confirm}</Button>
            </Radix.Action>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
