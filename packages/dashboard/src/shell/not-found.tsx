import { ButtonLink } from "../components/button.js";
import { EmptyState } from "../components/empty-state.js";
import { Page } from "../components/page.js";

export function NotFound() {
  return (
    <Page title="There is no such page">
      <EmptyState
        icon="search"
        title="Nothing here"
        action={
          <ButtonLink href="/overview" kind="primary">
            Go to the overview
          </ButtonLink>
        }
      >
        The link may be old, or a part of it is missing.
      </EmptyState>
    </Page>
  );
}
