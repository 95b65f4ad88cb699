import { Notice } from "../../components/notice.js";

/** Before somebody types a password that the server would refuse anyway. */
export function InsecureNotice() {
  if (isSecureContext) return null;
  return (
    <Notice tone="warn" title="This connection is not encrypted">
      Others could read what you type, so the server lets nobody sign in here. Open the dashboard over https, or on the
      server's own machine at http://localhost{location.port && `:${location.port}`}.
    </Notice>
  );
}
