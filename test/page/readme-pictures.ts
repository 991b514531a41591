/** Takes the picture of the README in a window of VS Code, light and dark, into media/: `npm run pictures:readme`. */
import { join } from 'node:path';

import { runProgram } from '../host/program.ts';
import { EditorWindow } from './window.ts';

const root = join(import.meta.dirname, '..', '..');
const name = 'house-prices.gdnb';

const text = `# A line through 932 houses

Run the cell, then change \`learning_rate\` to 0.25 and run it again.

\`\`\`gd
data = "houses.csv"
size = sqft / 1000                          # thousand square feet
cost = price / 1000                         # thousand dollars

parameters w = 0, b = 0                     # the two knobs, and where they start
prediction = w * size + b                   # the guess for each house
loss = mean((prediction - cost)^2)          # one number, smaller is better

learning_rate = 0.2
steps = 60
landscape = [w: -50..300, b: -100..150]
\`\`\`
`;

async function takePictures(): Promise<void> {
  const window = await EditorWindow.open({ files: { [name]: text }, width: 1240, height: 1120 });
  try {
    await window.command('workbench.action.closeSidebar');
    const frame = await window.openNotebook(name);
    await window.untilRun();
    await frame.locator('.gd-rate .gd-mark').first().waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await window.setTheme(theme);
      await window.page.mouse.move(0, 0);
      await window.page.waitForTimeout(1500); // the figure draws itself anew in the theme's colours
      await window.page.screenshot({ path: join(root, 'media', `readme-${theme}.png`) });
    }
  } finally {
    await window.close();
  }
}

await runProgram(async () => {
  await takePictures();
  return 0;
});
