import { defineConfig } from "tsup";

export default defineConfig({
  entry: { index: "src/index.ts", webhooks: "src/webhooks/index.ts" },
  format: ["esm", "cjs"],
  target: "node20",
  platform: "neutral",
  dts: true,
  // What the client loads when it needs it (openapi-fetch, the event stream) is a file of its own.
  splitting: true,
  esbuildOptions(options, { format }) {
    // Test runners that run CommonJS in a context of their own know no `import()`.
    if (format === "cjs") options.supported = { "dynamic-import": false };
  },
  clean: true,
});
