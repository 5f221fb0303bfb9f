import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Icon } from "./icon";

type Props = {
  title: string;
  description?: string;
  open: boolean;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/* The dialog itself, so that a screen reader begins at its title and no button looks pressed already. */
export function focusContent(event: Event) {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

export function Dialog({ title, description, open, wide = false, onClose, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Radix.Content
          {...(description === undefined && { "aria-describedby": undefined })}
          tabIndex={-1}
          onOpenAutoFocus={focusContent}
          className={`fixed inset-x-3 top-[12vh] z-50 mx-auto flex max-h-[76vh] ${wide ? "max-w-4xl" : "max-w-xl"} animate-rise flex-col rounded-panel border border-line bg-surface shadow-over outline-none`}
        >
          <header className="flex items-start gap-4 border-b border-line py-3 pr-3 pl-5">
            <div className="flex-1 pt-1.5">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="text-ink-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <Button look="quiet" icon aria-label="Close">
                <Icon name="close" />
              </Button>
            </Radix.Close>
          </header>
          <div className="overflow-y-auto px-5 py-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
