import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { findProgram } from './program.ts';

/** Chromium as Debian has it. */
export const CHROMIUM = { name: 'Chromium', path: findProgram('chromium'), install: 'apt-get install chromium' };

/** Starts Chromium without a display, with WebGL drawn in software. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] });
}

/** The colour beside the middle of a page's map: a marker may stand in the middle itself. */
export async function middleOfMap(page: Page): Promise<readonly number[]> {
  const picture = sharp(await page.locator('canvas.maplibregl-canvas').screenshot());
  const { width, height } = await picture.metadata();
  const { data } = await picture
    .extract({ left: Math.floor(width / 2) + 4, top: Math.floor(height / 2) + 4, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}
