const pixelRatio = 2;
const chunk = 0x8000;

/** Starts a download by a blob, which the editor turns into a save dialog; it drops percent-encoded data URLs. */
export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

export function svgBlob(picture: string): Blob {
  return new Blob([picture], { type: 'image/svg+xml' });
}

/** Paints an SVG picture as PNG, at twice its size. */
export async function toPng(picture: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  // A data URL and not a blob's: the editor's content security policy may forbid images from blobs.
  image.src = `data:image/svg+xml;base64,${toBase64(picture)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * pixelRatio;
  canvas.height = height * pixelRatio;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('The browser could not paint the picture.');
  return blob;
}

function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let characters = '';
  for (let from = 0; from < bytes.length; from += chunk) {
    characters += String.fromCharCode(...bytes.subarray(from, from + chunk));
  }
  return btoa(characters);
}
