import type { FigureRequest } from '../output/index.ts';
import { toCsv } from './csv.ts';
import { download, svgBlob, toPng } from './save.ts';
import type { Session } from './session.ts';
import type { Picture } from './views/whole-picture.ts';

/** Something that can be taken away as a picture. */
interface Pictured {
  picture(): Promise<Picture | undefined>;
}

const fileName = 'gradient-descent';

/** Copies the numbers of all runs as CSV; says how that went. */
export async function copyCsv(
  session: Session,
  post: ((request: FigureRequest) => void) | undefined,
): Promise<string> {
  return copyText(toCsv(session.content.runs), post);
}

/** Copies a text, with the editor's help where the page may not; says how that went. */
export async function copyText(
  text: string,
  post: ((request: FigureRequest) => void) | undefined,
): Promise<string> {
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

export async function saveSvg(views: Pictured, name = fileName): Promise<void> {
  const picture = await views.picture();
  if (picture !== undefined) download(svgBlob(picture.svg), `${name}.svg`);
}

export async function savePng(views: Pictured, name = fileName): Promise<void> {
  const picture = await views.picture();
  if (picture === undefined) return;
  download(await toPng(picture.svg, picture.width, picture.height), `${name}.png`);
}
