/**
 * Mail of a workspace, and of nobody where only one workspace can be meant: a demo workspace has no mail of its own, so
 * it hides none. For statements where $1 is the workspace and `m` the mail.
 */
export const VISIBLE_MAIL = `(m.workspace_id = $1 OR (m.workspace_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id <> $1 AND NOT w.demo)))`;
