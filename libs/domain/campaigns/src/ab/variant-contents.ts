import type { ContentBody } from '#contracts';
import type { CompileResult, CompiledContent } from '#engine/render';
import type { Sql } from '#platform/database';
import { withSavedBlocks } from '#domain/templates';
import type { ContentCompiler } from '#domain/templates';
import type { CampaignRow } from '../campaign.repository.js';
import { compileChoices } from '../compile-choices.js';
import type { AbTestSettings } from './ab-test.repository.js';

/** What one variant says: A is 0, and alone where nothing is tested. */
export interface VariantContent {
  variant: number;
  fromName: string;
  content: ContentBody;
  /** Whether it has content of its own, or that of A. */
  own: boolean;
}
export type CompiledVariant = VariantContent & { compiled: CompileResult };
/** All of them right. */
export type ReadyVariant = VariantContent & { compiled: CompiledContent };

/** All variants of a campaign, A first. */
export function variantsOf(
  { fromName, content }: Pick<CampaignRow, 'fromName' | 'content'>,
  test: Pick<AbTestSettings, 'variants'> | undefined,
): VariantContent[] {
  const others = (test?.variants ?? []).map((other, index): VariantContent => {
    const said = other.content ?? content;
    return {
      variant: index + 1,
      fromName: other.fromName ?? fromName,
      content: { ...said, subject: other.subject ?? said.subject },
      own: other.content !== null,
    };
  });
  return [{ variant: 0, fromName, content, own: true }, ...others];
}

/** How a variant is called. */
export function letterOf(variant: number): string {
  return 'ABCD'[variant] ?? String(variant);
}

export async function compileVariants(
  sql: Sql,
  compiler: ContentCompiler,
  campaign: CampaignRow,
  test: AbTestSettings | undefined,
): Promise<CompiledVariant[]> {
  const choices = compileChoices(campaign);
  const compiled: CompiledVariant[] = [];
  for (const variant of variantsOf(campaign, test)) {
    const source = await withSavedBlocks(sql, campaign.workspaceId, variant.content);
    compiled.push({ ...variant, compiled: await compiler.compile(source, choices) });
  }
  return compiled;
}

/** @returns null when one of them has errors */
export function readyVariants(variants: readonly CompiledVariant[]): ReadyVariant[] | null {
  const ready = variants.flatMap(({ compiled, ...variant }) =>
    compiled.ok ? [{ ...variant, compiled: compiled.content }] : [],
  );
  return ready.length === variants.length ? ready : null;
}
