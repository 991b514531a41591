import { EventEmitter, InlayHint, InlayHintKind, languages, MarkdownString } from 'vscode';
import type { CancellationToken, ExtensionContext, TextDocument } from 'vscode';

import { lessonLanguage } from '../../lesson/index.ts';
import type { Results } from '../results.ts';
import { hintText, hintTooltip } from '../stability-text.ts';
import { stabilityOf, type Stability } from '../stability.ts';
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
      const stability = await stabilityOf(source, program, runs, abort.signal);
      return stability ? [toHint(document, stability)] : [];
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

function toHint(document: TextDocument, { offset, limits }: Stability): InlayHint {
  const hint = new InlayHint(document.positionAt(offset), hintText(limits), InlayHintKind.Parameter);
  hint.paddingLeft = true;
  hint.tooltip = new MarkdownString(hintTooltip(limits));
  return hint;
}
