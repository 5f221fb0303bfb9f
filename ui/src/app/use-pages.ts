import { useSession } from "@/access/use-session";
import { useUrlState } from "@/jobs/url-state";
import { PAGES } from "./pages";

/** The pages that the caller may see, and the one that the address names: the jobs where it names none of them. */
export function usePages() {
  const roles = useSession()?.roles;
  const { view } = useUrlState();
  const pages = PAGES.filter(({ role }) => !role || !roles || roles.includes(role));
  return { pages, page: pages.find((page) => page.view === view) ?? PAGES[0] };
}
