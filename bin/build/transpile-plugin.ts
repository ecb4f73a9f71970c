import type { Plugin } from "rollup";
import ts from "typescript";

/**
 * TypeScript to JavaScript, one file at a time. Types are not looked at here: `npm run check` does that.
 * Below ES2015 templates become additions, which are shorter than the calls of `concat` that TypeScript makes of them, and `undefined` becomes
 * `void 0`: a page of an old browser may have another value under that name.
 */
export function transpilePlugin(options: ts.CompilerOptions): Plugin {
  const isOld = (options.target ?? ts.ScriptTarget.ESNext) < ts.ScriptTarget.ES2015;
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
        transformers: isOld ? { before: [templatesAsAdditions, undefinedAsVoid] } : {},
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

function templatesAsAdditions(context: ts.TransformationContext): (file: ts.SourceFile) => ts.SourceFile {
  const { factory } = context;
  function visit(node: ts.Node): ts.Node {
    const inner = ts.visitEachChild(node, visit, context);
    if (!ts.isTemplateExpression(inner)) return inner;
    let sum: ts.Expression = factory.createStringLiteral(inner.head.text);
    for (const { expression, literal } of inner.templateSpans) {
      sum = factory.createAdd(sum, factory.createParenthesizedExpression(expression));
      if (literal.text !== "") sum = factory.createAdd(sum, factory.createStringLiteral(literal.text));
    }
    return factory.createParenthesizedExpression(sum);
  }
  return (file) => ts.visitEachChild(file, visit, context);
}

function undefinedAsVoid(context: ts.TransformationContext): (file: ts.SourceFile) => ts.SourceFile {
  function visit(node: ts.Node): ts.Node {
    if (ts.isIdentifier(node) && node.text === "undefined") return context.factory.createVoidZero();
    return ts.visitEachChild(node, visit, context);
  }
  return (file) => ts.visitEachChild(file, visit, context);
}
