import type { FigureRequest } from '../output/index.ts';
import { toCsv } from './csv.ts';
import { download, svgBlob, toPng } from './save.ts';
import type { Session } from './session.ts';
import type { Views } from './views/views.ts';

const fileName = 'gradient-descent';

/** Copies the numbers of all runs as CSV; says how that went. */
export async function copyCsv(
  session: Session,
  post: ((request: FigureRequest) => void) | undefined,
): Promise<string> {
  const text = toCsv(session.content.runs);
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    if (post === undefined)
      return 'This page may not copy. Save the picture or open the lesson in the editor.';
    post({ type: 'copy', text });
    return 'Copied.';
  }
}

export async function saveSvg(views: Views): Promise<void> {
  const picture = await views.picture();
  if (picture !== undefined) download(svgBlob(picture.svg), `${fileName}.svg`);
}

export async function savePng(views: Views): Promise<void> {
  const picture = await views.picture();
  if (picture === undefined) return;
  download(await toPng(picture.svg, picture.width, picture.height), `${fileName}.png`);
}
