import type { Plugin } from "rollup";
import ts from "typescript";

/** TypeScript to JavaScript, one file at a time. Types are not looked at here: `npm run check` does that. */
export function transpilePlugin(options: ts.CompilerOptions): Plugin {
  const compilerOptions: ts.CompilerOptions = {
    ...options,
    module: ts.ModuleKind.ESNext,
    isolatedModules: true,
    verbatimModuleSyntax: true,
  };
  return {
    name: "transpile",
    transform(code, fileName) {
      if (!/\.tsx?$/.test(fileName)) return null;
      const { outputText, diagnostics } = ts.transpileModule(code, {
        compilerOptions,
        fileName,
        reportDiagnostics: true,
      });
      for (const diagnostic of diagnostics ?? []) {
        if (diagnostic.category === ts.DiagnosticCategory.Error) {
          this.error(`${fileName}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")}`);
        }
      }
      return { code: outputText, map: null };
    },
  };
}
