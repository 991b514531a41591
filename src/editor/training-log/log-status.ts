import { isWell } from '../../kernel/index.ts';
import { titleOf, withoutMarks, type JudgedCurve } from '../../output/index.ts';

/** What the line under a cell says of a training log, with an icon such as `$(warning)`: the worst of its curves. */
export function logStatus(
  curves: readonly JudgedCurve[],
): { readonly text: string; readonly tooltip: string }[] {
  const sick = curves.filter(({ diagnosis }) => !isWell(diagnosis.condition));
  const shown = sick[0] ?? curves[0];
  if (!shown) return [];
  const others = curves.length > 1 ? `, ${curves.length} curves` : '';
  return [
    {
      text: `${sick.length > 0 ? '$(warning) ' : ''}${titleOf(shown)}${others}`,
      tooltip: curves
        .map(
          ({ name, diagnosis }) =>
            `${curves.length > 1 ? `${name}: ` : ''}${withoutMarks(diagnosis.summary)}`,
        )
        .join('\n'),
    },
  ];
}
