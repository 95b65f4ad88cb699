import "./design/tokens.css";
import "./design/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query-client.js";
import { followOtherTabs } from "./api/session.js";
import { App } from "./app.js";
import { applyTheme } from "./design/theme.js";

applyTheme();
followOtherTabs(queryClient);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
