import { cpSync, existsSync } from "node:fs";
import { defineConfig } from "tsup";

/** Shipped with the server, which serves it. */
const DASHBOARD = "../dashboard/dist";

export default defineConfig({
  entry: ["src/main.ts"],
  format: "esm",
  target: "node22.14",
  platform: "node",
  sourcemap: true,
  clean: true,
  async onSuccess() {
    if (!existsSync(`${DASHBOARD}/index.html`))
      throw new Error("The dashboard is not built. Build both, from the repository's root, with: npm run build");
    cpSync(DASHBOARD, "dist/dashboard", { recursive: true });
  },
});
