import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./precompress.js";

export default defineConfig({
  plugins: [react(), precompress()],
  build: {
    // The first browsers that know light-dark(), which the colours are made of.
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    outDir: fileURLToPath(new URL("dist", import.meta.url)),
    emptyOutDir: true,
    // The policy of the server lets no script in that is not a file.
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { "/api": "http://localhost:2152", "/openapi.json": "http://localhost:2152" } },
});
