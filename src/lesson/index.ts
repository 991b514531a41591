export { decodeLesson, encodeLesson, NotTextError } from './bytes.ts';
export { fromEditor, isLessonCell, lessonMark, newCellMetadata, toEditor } from './editorCells.ts';
export type { EditorCell, EditorNotebook, Metadata } from './editorCells.ts';
export { lessonLanguage } from './lesson.ts';
export type { Cell, Form, Lesson, LineEnd } from './lesson.ts';
export { readLesson } from './read.ts';
export { writeLesson } from './write.ts';
