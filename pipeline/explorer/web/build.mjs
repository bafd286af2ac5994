// Bundles the page's code and style into ../explorer.js and ../explorer.css; the same sources give the same bytes.
import { build } from "esbuild";

await build({
  entryPoints: { explorer: "src/app.tsx" },
  outdir: "..",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome110", "firefox115", "safari16"],
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Bundles preact (MIT) and parts of d3 (ISC). */" },
  logLevel: "info",
});
