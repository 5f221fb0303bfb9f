import { Link } from "react-router";
import { AccountMenu } from "@/access/account-menu";
import { useSession } from "@/access/use-session";
import { LiveMenu } from "@/live/live-menu";
import { useJobFeed } from "@/live/use-job-feed";
import { PageNav } from "./page-nav";
import { ShortcutsButton } from "./shortcuts-button";
import { ThemeMenu } from "./theme-menu";
import { UnreachableBanner } from "./unreachable-banner";

export function Header() {
  const liveness = useJobFeed();
  const isNamed = useSession()?.displayName !== undefined;
  return (
    <header className="sticky top-0 z-30 flex h-(--header) items-center gap-1 border-b border-line bg-surface px-4 lg:px-6">
      <Link to="/" className="flex items-center gap-2.5 lg:mr-4">
        <Mark />
        <h1
          className={`text-base font-semibold tracking-tight whitespace-nowrap ${isNamed ? "max-xl:sr-only" : "max-sm:sr-only"}`}
        >
          Job Processor
        </h1>
      </Link>
      <PageNav />
      <UnreachableBanner />
      <LiveMenu liveness={liveness} />
      <ThemeMenu />
      <ShortcutsButton />
      <AccountMenu />
    </header>
  );
}

function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 28" className="h-7">
      <path d="M8 0v28" stroke="var(--line-strong)" strokeWidth="1" />
      <circle cx="8" cy="5" r="2.75" fill="var(--surface)" stroke="currentColor" strokeWidth="1.5" />
      <circle
        cx="8"
        cy="14"
        r="3"
        fill="var(--surface)"
        stroke="var(--running)"
        strokeWidth="2"
        strokeDasharray="14 5"
      />
      <circle cx="8" cy="23" r="3.5" className="fill-completed" />
    </svg>
  );
}
