import { notebooks, type ExtensionContext } from 'vscode';

import { registerAnswers } from './editor/answers.ts';
import { LessonController } from './editor/controller.ts';
import { DataFiles } from './editor/dataFiles.ts';
import { registerFigureRequests } from './editor/figureRequests.ts';
import { registerNewNotebook } from './editor/newNotebook.ts';
import { registerOpenLesson } from './editor/openLesson.ts';
import { registerRunOnOpen } from './editor/runOnOpen.ts';
import { registerScore } from './editor/score.ts';
import { registerSerializer } from './editor/serializer.ts';
import { figureRendererId } from './output/index.ts';

export function activate(context: ExtensionContext): void {
  const figures = notebooks.createRendererMessaging(figureRendererId);
  const dataFiles = new DataFiles(context);
  registerSerializer(context);
  const controller = new LessonController(context, dataFiles, figures);
  registerFigureRequests(context, figures, controller);
  registerRunOnOpen(context, controller);
  registerOpenLesson(context);
  registerNewNotebook(context);
  registerScore(context, registerAnswers(context));
}
