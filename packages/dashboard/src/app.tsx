import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { matchRoute, Redirect, Route, Router, Switch, useLocation, useRouter } from "wouter";
import { sessionQuery } from "./api/queries.js";
import { queryClient } from "./api/query-client.js";
import { ModeProvider } from "./api/use-client.js";
import { ProblemNotice } from "./components/notice.js";
import { PagePlace } from "./components/page.js";
import { Skeleton } from "./components/skeleton.js";
import { Toasts } from "./components/toast.js";
import { firstMode, modeOf, useModeOnPage } from "./mode.js";
import { PAGES } from "./pages/pages.js";
import { useWelcomeToken } from "./pages/sign-in/welcome-token.js";
import { ErrorBoundary } from "./shell/error-boundary.js";
import { Gate } from "./shell/gate.js";
import { NotFound } from "./shell/not-found.js";
import { Shell } from "./shell/shell.js";
import { signInPath } from "./sign-in-path.js";

const SignIn = lazy(async () => ({ default: (await import("./pages/sign-in/sign-in.js")).SignIn }));
const Welcome = lazy(async () => ({ default: (await import("./pages/sign-in/welcome.js")).Welcome }));

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary>
        <Suspense fallback={null}>
          <Routes />
        </Suspense>
      </ErrorBoundary>
      <Toasts />
    </QueryClientProvider>
  );
}

/** Without a mode: one-time links, and the sign-in. */
function Routes() {
  const token = useWelcomeToken();
  if (token !== undefined) return <Welcome token={token} />;
  return (
    <Switch>
      <Route path="/sign-in">
        <SignIn />
      </Route>
      <Route>
        <SignedIn />
      </Route>
    </Switch>
  );
}

/** With a mode, for who is signed in. */
function SignedIn() {
  const session = useQuery(sessionQuery);
  const [path] = useLocation();
  const mode = modeOf(path);
  useModeOnPage(mode);
  if (session.data === undefined)
    return session.error ? (
      <Gate title="WhatsFlow">
        <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
      </Gate>
    ) : null;
  if (session.data === null) return <Redirect to={signInPath(path + location.search + location.hash)} replace />;
  if (mode === undefined)
    return path === "/" ? <Redirect to={`/${firstMode()}/overview`} replace /> : <Redirect to="/" replace />;
  return (
    <ModeProvider mode={mode}>
      {/* Nothing that a page holds goes over to the other mode, or to another user. */}
      <Router base={`/${mode}`} key={`${mode} ${session.data.user.id}`}>
        <Shell session={session.data}>
          <Page />
        </Shell>
      </Router>
    </ModeProvider>
  );
}

function Page() {
  const [path] = useLocation();
  const { parser } = useRouter();
  const kept = PAGES.find(({ path: pattern, isKept }) => isKept && matchRoute(parser, pattern, path)[0]);
  return (
    <ErrorBoundary key={kept?.path ?? path}>
      <Suspense
        fallback={
          <PagePlace>
            <Skeleton lines={5} />
          </PagePlace>
        }
      >
        <Switch>
          {PAGES.map(({ path, Page }) => (
            <Route key={path} path={path} component={Page} />
          ))}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
