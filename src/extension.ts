import type { ExtensionContext } from 'vscode';

import { registerNewNotebook } from './editor/newNotebook.ts';
import { registerOpenLesson } from './editor/openLesson.ts';
import { registerSerializer } from './editor/serializer.ts';

export function activate(context: ExtensionContext): void {
  registerSerializer(context);
  registerOpenLesson(context);
  registerNewNotebook(context);
}
