/**
 * Which of the pages' words are used, as the TypeScript compiler sees it: whatever a word is reached
 * through (`this.w.room.leave`, a shorter name for a part, a pattern, `w[kind]`), the compiler knows
 * which line of words/en.ts is meant.
 */
import { dirname } from 'node:path';
import ts from 'typescript';

const APP = new URL('../../../web/app/', import.meta.url).pathname;
const ENGLISH = `${APP}src/words/en.ts`;

export interface WordsUse {
  /** The path of every word: 'room.leave'. */
  declared: string[];
  used: Set<string>;
  /** Places where a word is taken by a name that the compiler does not know: file:line. */
  unclear: string[];
}

/** Whether a part of the words is handed on whole, not opened here: `{ ...w.facts.clock, value }`. */
function isHandedOn({ parent }: ts.Node): boolean {
  return !(
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isReturnStatement(parent) ||
    ts.isArrowFunction(parent)
  );
}

/** What stands inside `as` and `satisfies`. */
function plain(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? plain(expression.expression)
    : expression;
}

/** Every property of `export const en`, by its place in the source. */
function pathsOf(source: ts.SourceFile): { paths: Map<ts.Node, string>; words: string[] } {
  const paths = new Map<ts.Node, string>();
  const words: string[] = [];
  const walk = (object: ts.ObjectLiteralExpression, before: string): void => {
    for (const property of object.properties) {
      if (!ts.isPropertyAssignment(property)) {
        throw new Error(`not a plain property: ${property.getText()}`);
      }
      const { name, initializer } = property;
      const path = before + (ts.isStringLiteral(name) ? name.text : name.getText());
      paths.set(property, path);
      const value = plain(initializer);
      if (ts.isObjectLiteralExpression(value)) walk(value, `${path}.`);
      else words.push(path);
    }
  };
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (name.getText() !== 'en' || initializer === undefined) continue;
      walk(plain(initializer) as ts.ObjectLiteralExpression, '');
    }
  }
  return { paths, words };
}

export function wordsUse(): WordsUse {
  const file = `${APP}tsconfig.json`;
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(file, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(file),
  );
  const program = ts.createProgram(config.fileNames, config.options);
  const checker = program.getTypeChecker();
  const english = program.getSourceFile(ENGLISH);
  if (!english) throw new Error(`${ENGLISH} is not among the sources`);
  const { paths, words } = pathsOf(english);
  const used = new Set<string>();
  const unclear: string[] = [];

  const mark = (symbol: ts.Symbol | undefined, whole: boolean): void => {
    for (const declaration of symbol?.declarations ?? []) {
      const path = paths.get(declaration);
      if (path === undefined) continue;
      used.add(path);
      if (!whole) continue;
      for (const word of words) if (word.startsWith(`${path}.`)) used.add(word);
    }
  };
  /** `object[index]` may be any of the words that the index's type allows. */
  const markAny = (node: ts.ElementAccessExpression): void => {
    const object = checker.getTypeAtLocation(node.expression);
    const ours = object
      .getProperties()
      .some(({ declarations }) => declarations?.some((one) => paths.has(one)));
    if (!ours) return;
    const index = checker.getTypeAtLocation(node.argumentExpression);
    for (const type of index.isUnion() ? index.types : [index]) {
      if (type.isStringLiteral() || type.isNumberLiteral()) {
        mark(object.getProperty(String(type.value)), isHandedOn(node));
      } else {
        const source = node.getSourceFile();
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        unclear.push(`${source.fileName.slice(APP.length)}:${line + 1}`);
      }
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      mark(checker.getSymbolAtLocation(node.name), isHandedOn(node));
    } else if (ts.isElementAccessExpression(node)) {
      markAny(node);
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (!ts.isObjectBindingPattern(name) && !ts.isArrayBindingPattern(name)) {
        const text = ts.isStringLiteral(name) ? name.text : name.getText();
        mark(checker.getTypeAtLocation(node.parent).getProperty(text), false);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles()) {
    const { fileName } = source;
    if (fileName.startsWith(`${APP}src/`) && !fileName.startsWith(`${APP}src/words/`)) {
      visit(source);
    }
  }
  return { declared: words, used, unclear };
}
