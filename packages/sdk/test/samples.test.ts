/** What users copy compiles. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { commentSamples, docSamples, type Sample } from "./samples.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PRELUDE = join(HERE, "samples-prelude.ts");
const samples = [...docSamples(), ...commentSamples()];
/** Each as a module of its own beside this file, where the packages of the frameworks are found. */
const modules = new Map(samples.map((sample, index) => [join(HERE, `sample-${index}.ts`), sample]));
const textOf = ({ code }: Sample) => `${code}export {};\n`;

function compile(): ts.Program {
  const { config } = ts.readConfigFile(join(HERE, "../tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(HERE, ".."));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  const read = (path: string) => {
    const sample = modules.get(path);
    return sample ? textOf(sample) : undefined;
  };
  host.readFile = (path) => read(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = read(path);
    return text === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, text, language);
  };
  return ts.createProgram([PRELUDE, ...modules.keys()], options, host);
}

describe("the TypeScript of", () => {
  const program = compile();
  /** As `docs/events.md:56: Cannot find name 'handle'`. */
  const complaintsOf = (path: string, { file, line }: Sample): string[] => {
    const source = program.getSourceFile(path);
    if (!source) throw new Error(`${path} was not compiled`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) =>
        `${file}:${line + source.getLineAndCharacterOfPosition(start).line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  };

  it.each([...new Set(samples.map(({ file }) => file))])("%s compiles", (file) => {
    const ofFile = [...modules].filter(([, sample]) => sample.file === file);
    expect(ofFile.flatMap(([path, sample]) => complaintsOf(path, sample))).toEqual([]);
  });

  it("the docs and the comments is found", () => {
    expect(docSamples().length).toBeGreaterThan(10);
    expect(commentSamples("packages/sdk/src/generated/resources.ts").length).toBeGreaterThan(30);
    expect(commentSamples("packages/sdk/src/webhooks/verify-webhook.ts")).toHaveLength(1);
  });
});
