/* Built, this code is in a file under assets/; in development, the server's root is the dashboard's. */
const root = import.meta.env.PROD ? new URL(/* @vite-ignore */ "..", import.meta.url) : new URL("/", location.origin);

/** The path under which a proxy serves the dashboard and, beside it, the API: `/`, or `/tools/jobs/`. */
export const basePath = root.pathname;

/** The URL of a path of the API such as `/jobs`, wherever the dashboard is served. */
export const apiUrl = (path: string) => new URL(`.${path}`, root);
