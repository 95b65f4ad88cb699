import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/main.ts"],
  format: "esm",
  target: "node22.14",
  platform: "node",
  sourcemap: true,
  clean: true,
});
