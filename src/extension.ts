import { notebooks, type ExtensionContext } from 'vscode';

import { registerAnswers } from './editor/answers.ts';
import { LessonController } from './editor/controller.ts';
import { DataFiles } from './editor/dataFiles.ts';
import { registerFigureRequests } from './editor/figureRequests.ts';
import { registerNewNotebook } from './editor/newNotebook.ts';
import { registerOpenLesson } from './editor/openLesson.ts';
import { registerProblems } from './editor/problems.ts';
import { registerQuickFixes } from './editor/quickFixes.ts';
import { Readings } from './editor/readings.ts';
import { Results } from './editor/results.ts';
import { registerRunOnOpen } from './editor/runOnOpen.ts';
import { registerScore } from './editor/score.ts';
import { registerSerializer } from './editor/serializer.ts';
import { registerStatusBar } from './editor/statusBar.ts';
import { figureRendererId } from './output/index.ts';

export function activate(context: ExtensionContext): void {
  const figures = notebooks.createRendererMessaging(figureRendererId);
  const dataFiles = new DataFiles(context);
  const results = new Results();
  const readings = new Readings(context, dataFiles);
  registerSerializer(context);
  const controller = new LessonController(context, dataFiles, figures, results);
  registerFigureRequests(context, figures, controller);
  registerStatusBar(context, results);
  registerRunOnOpen(context, controller);
  registerProblems(context, readings);
  registerQuickFixes(context, readings);
  registerOpenLesson(context);
  registerNewNotebook(context);
  registerScore(context, registerAnswers(context));
}
