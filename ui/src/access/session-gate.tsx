import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useNavigate } from "react-router";
import { takeAddress } from "./return-address";
import { useFollowRefusals, useSession } from "./use-session";

const SignInPage = lazy(() => import("./sign-in-page").then((module) => ({ default: module.SignInPage })));

/** Shows the page to whoever may see it, and to others where they sign in; the address stays as it is. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const signedIn = session?.roles.length !== 0;
  useFollowRefusals();
  useReturn(session !== undefined && signedIn);
  if (session === undefined) return null;
  if (session === null || signedIn) return children;
  return (
    <Suspense>
      <SignInPage issuer={session.issuer ?? null} />
    </Suspense>
  );
}

/** Leads back to what the page showed before the issuer was asked. */
function useReturn(signedIn: boolean) {
  const navigate = useNavigate();
  useEffect(() => {
    const address = signedIn ? takeAddress() : null;
    if (address !== null) void navigate({ search: address }, { replace: true });
  }, [signedIn, navigate]);
}
