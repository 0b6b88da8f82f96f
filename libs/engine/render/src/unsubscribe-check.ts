/** True if the template writes the variable whatever the data is: outside blocks, or in every branch of one. */
export function alwaysWrites(program: hbs.AST.Program | undefined, variable: string): boolean {
  return (program?.body ?? []).some((statement) => {
    if (statement.type === 'MustacheStatement') {
      const { path, params } = statement as hbs.AST.MustacheStatement;
      return (
        params.length === 0 && path.type === 'PathExpression' && isVariable(path as hbs.AST.PathExpression, variable)
      );
    }
    if (statement.type !== 'BlockStatement') return false;
    const { path, program: body, inverse } = statement as hbs.AST.BlockStatement;
    if (path.original === 'hy-url' || path.original === 'hy-link-url') return alwaysWrites(body, variable);
    if (path.original !== 'if' && path.original !== 'unless') return false;
    return alwaysWrites(body, variable) && alwaysWrites(inverse, variable);
  });
}

function isVariable(path: hbs.AST.PathExpression, variable: string): boolean {
  if (path.data) return path.parts.join('.') === `root.${variable}`;
  return path.depth === 0 && path.parts.length === 1 && path.parts[0] === variable;
}
