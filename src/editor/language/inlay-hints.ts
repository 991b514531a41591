import { EventEmitter, InlayHint, InlayHintKind, languages, MarkdownString } from 'vscode';
import type { CancellationToken, ExtensionContext, TextDocument } from 'vscode';

import { significant } from '../../output/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import type { Results } from '../results.ts';
import { formatLimit, stabilitiesOf, type Stability } from '../stability.ts';
import { cellOf, type Readings } from './readings.ts';

/** Says behind a learning rate below which value the run is stable. */
export function registerInlayHints(context: ExtensionContext, readings: Readings, results: Results): void {
  const changed = new EventEmitter<void>();
  const change = () => {
    changed.fire();
  };

  const provide = async (document: TextDocument, token: CancellationToken) => {
    const { source, program } = await readings.of(document);
    if (!program || token.isCancellationRequested || document.getText() !== source) return [];
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => {
      abort.abort();
    });
    try {
      const cell = cellOf(document);
      const result = cell && results.of(cell);
      const runs = result?.source === source ? result.runs : [];
      const stabilities = await stabilitiesOf(source, program, runs, abort.signal);
      return stabilities.map((stability) => toHint(document, stability));
    } catch (error) {
      if (abort.signal.aborted) return [];
      throw error;
    } finally {
      listener.dispose();
    }
  };

  context.subscriptions.push(
    changed,
    readings.onDidChange(change),
    results.onDidChange(change),
    languages.registerInlayHintsProvider(lessonLanguage, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: (document, _range, token) => provide(document, token),
    }),
  );
}

function toHint(document: TextDocument, stability: Stability): InlayHint {
  const { offset, stableBelow, largestCurvature, at, hasBatches } = stability;
  const text = `stable below ${formatLimit(stableBelow)}`;
  const hint = new InlayHint(document.positionAt(offset), text, InlayHintKind.Parameter);
  hint.paddingLeft = true;
  const where = at === 'end' ? 'where the run ended' : 'where the run starts';
  const batches = hasBatches ? ' With minibatches the limit is an upper bound.' : '';
  hint.tooltip = new MarkdownString(
    `The steepest curvature of the loss ${where} is ${significant(largestCurvature)}. ` +
      `There, steps with a learning rate of more than ${significant(stableBelow)} jump ever further across the valley.${batches}`,
  );
  return hint;
}
