import * as Radix from "@radix-ui/react-dialog";
import { focusContent } from "@/components/dialog";
import { useMedia } from "@/components/use-media";
import { rowId } from "../list/job-row";
import { useUrlState } from "../url-state";
import { JobDetails } from "./job-details";

/** The open job, beside the list on a wide screen and over it on a small one. */
export function JobDrawer({ openJob }: { openJob: string }) {
  const { change } = useUrlState();
  const small = useMedia("(max-width: 47.99rem)");
  const close = () => {
    change({ job: null });
    requestAnimationFrame(() => document.getElementById(rowId(openJob))?.focus({ preventScroll: true }));
  };
  return (
    <Radix.Root open modal={small} onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Radix.Content
          data-drawer
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={focusContent}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-40 flex w-full animate-slide flex-col border-l border-line bg-surface shadow-over outline-none md:w-lg xl:top-(--header) 2xl:w-xl 2xl:shadow-none"
        >
          <JobDetails key={openJob} id={openJob} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
