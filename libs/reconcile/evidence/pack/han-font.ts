import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A font with Chinese characters, for a document to embed: each weight as a file of fonts and the name of the one in it. */
export interface HanFont {
  readonly normal: readonly [file: string, face: string];
  readonly bold: readonly [file: string, face: string];
}

/** Where Noto Sans CJK lies: Debian and Ubuntu, Fedora, Arch, Alpine, Windows, macOS, and what a person put there for themselves. */
const FOLDERS = [
  '/usr/share/fonts/opentype/noto',
  '/usr/share/fonts/google-noto-sans-cjk-fonts',
  '/usr/share/fonts/google-noto-cjk',
  '/usr/share/fonts/noto-cjk',
  '/usr/share/fonts/noto',
  '/usr/local/share/fonts',
  'C:\\Windows\\Fonts',
  '/Library/Fonts',
  join(homedir(), 'Library/Fonts'),
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
];

/** Undefined where no font with Chinese characters is installed. */
export function installedHanFont(): HanFont | undefined {
  return FOLDERS.map((folder): HanFont => ({
    normal: [join(folder, 'NotoSansCJK-Regular.ttc'), 'NotoSansCJKsc-Regular'],
    bold: [join(folder, 'NotoSansCJK-Bold.ttc'), 'NotoSansCJKsc-Bold'],
  })).find(({ normal, bold }) => existsSync(normal[0]) && existsSync(bold[0]));
}
