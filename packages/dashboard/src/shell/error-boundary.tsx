import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "../components/button.js";
import { Notice } from "../components/notice.js";
import { PagePlace } from "../components/page.js";

type State = { error: Error | undefined };

/** Catches what a page throws while it is drawn, so that the navigation stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const isOutdated = /dynamically imported module|Importing a module script/i.test(error.message);
    return (
      <PagePlace>
        <div role="alert">
          <Notice
            tone="danger"
            title={isOutdated ? "This part of the dashboard could not be loaded" : "This page has failed"}
            action={
              <Button size="s" icon="refresh" onClick={() => location.reload()}>
                Load again
              </Button>
            }
          >
            <p>
              {isOutdated
                ? "The server was updated, or cannot be reached. Load the page again."
                : `Nothing on the server was changed by it. Load the page again. The browser says: ${error.message}`}
            </p>
          </Notice>
        </div>
      </PagePlace>
    );
  }
}
