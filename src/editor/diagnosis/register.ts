import type { ExtensionContext, NotebookRendererMessaging } from 'vscode';

import type { LessonController } from '../controller.ts';
import type { DataFiles } from '../data-files.ts';
import type { Results } from '../results.ts';
import { DiagnoseLoss } from './command.ts';
import { Diagnoser } from './diagnoser.ts';
import { Diagnoses } from './diagnoses.ts';
import { registerDiagnosesInFigures, revealer } from './figures.ts';
import { registerProblemMarks } from './problem-marks.ts';

/** Says why a loss does what it does, in the three places where a person looks. */
export function registerDiagnosis(
  context: ExtensionContext,
  controller: LessonController,
  dataFiles: DataFiles,
  results: Results,
  figures: NotebookRendererMessaging,
): DiagnoseLoss {
  const diagnoses = new Diagnoses(context, results);
  registerDiagnosesInFigures(context, figures, diagnoses);
  registerProblemMarks(context, diagnoses);
  const diagnoser = new Diagnoser(controller, dataFiles, results, diagnoses);
  return new DiagnoseLoss(context, diagnoser, results, revealer(context, figures));
}
