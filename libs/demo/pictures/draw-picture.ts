import sharp from 'sharp';
import { shapes } from '../goods/demo-data.js';
import { SeededRandom } from '../seeded-random.js';
import { letterPath, letterWidth } from './pixel-letters.js';

/** All that a picture depends on. */
export interface PictureSpec {
  /** Seed and model: variants of one model are drawn alike but for their colour and caption. */
  readonly key: string;
  /** 0 is the front view; others show the thing closer, turned, in its package … */
  readonly shot: number;
  readonly shape: string;
  /** "#rrggbb" of the thing itself. */
  readonly colour: string;
  readonly caption: string;
}

const SIDE = 320;
/** Drawing units a side. */
const CANVAS = 400;
const QUALITY = 84;

/** Draws a JPEG of 320×320; the same spec gives the same bytes. */
export function drawPicture(spec: PictureSpec): Promise<Buffer> {
  return sharp(Buffer.from(pictureSvg(spec)))
    .removeAlpha()
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

function pictureSvg(spec: PictureSpec): string {
  const model = new SeededRandom(spec.key, 'look');
  const view = new SeededRandom(spec.key, 'shot', spec.shot);
  const accent = hsl(model.whole(0, 359), model.whole(45, 80), model.whole(42, 68));
  const look = drawing(spec, accent, patternOf(model, accent));
  const [sx, sy] = [model.between(0.86, 1.14), model.between(0.86, 1.14)];
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${SIDE}' height='${SIDE}' viewBox='0 0 ${CANVAS} ${CANVAS}'>`,
    look.defs,
    backdrop(view, spec.shot),
    scene(spec.shot, `<g transform='scale(${sx.toFixed(3)} ${sy.toFixed(3)})'>${look.body}</g>`, view, accent),
    captionOf(spec.caption, spec.shot),
    '</svg>',
  ].join('');
}

/** The shape in its colours. Ornament and gloss are clipped to the main surfaces: a pattern fill would cost three times as much. */
function drawing(spec: PictureSpec, accent: string, ornament: string): { readonly defs: string; readonly body: string } {
  const colours: Readonly<Record<string, string>> = {
    d: mix(spec.colour, '#14161c', 0.34),
    l: mix(spec.colour, '#ffffff', 0.66),
    a: accent,
    f: spec.colour,
  };
  const gloss = `<path d='M0 0h78L40 200H0z' fill='#fff' fill-opacity='.16'/><path d='M150 0h50v200h-84z' fill='#000' fill-opacity='.1'/>`;
  let clips = '';
  let count = 0;
  const decorated = (shapes[spec.shape] ?? '').replace(/<[a-z]+ [^>]*fill='\{f\}'[^>]*\/>/g, (surface) => {
    const id = `k${count++}`;
    clips += `<clipPath id='${id}'>${surface}</clipPath>`;
    return `${surface}<g clip-path='url(#${id})'><use href='#o'/></g>`;
  });
  const body = decorated.replace(/\{([dlaf])\}/g, (_, key: string) => colours[key] ?? '');
  return { defs: `<defs><g id='o'>${ornament}${gloss}</g>${clips.replaceAll('{f}', '#000')}</defs>`, body: `<g stroke-linejoin='round'>${body}</g>` };
}

/** What decorates the thing's body: a different one for nearly every model. */
function patternOf(random: SeededRandom, accent: string): string {
  const step = random.whole(16, 44);
  const angle = random.whole(0, 179);
  const weight = random.whole(3, Math.max(4, Math.floor(step / 2.5)));
  const opacity = random.between(0.45, 0.85).toFixed(2);
  const kind = random.pick(['plain', 'stripes', 'dots', 'checks', 'waves', 'diamonds', 'spot', 'band']);
  const across = Array.from({ length: Math.ceil(440 / step) }, (_, i) => i * step - 120);
  const turned = (inner: string) => `<g transform='rotate(${angle} 100 100)' fill-opacity='${opacity}' stroke-opacity='${opacity}'>${inner}</g>`;
  switch (kind) {
    case 'stripes':
      return turned(`<path d='${across.map((x) => `M${x}-120V320`).join('')}' stroke='${accent}' stroke-width='${weight}'/>`);
    case 'checks':
      return turned(`<path d='${across.map((x) => `M${x}-120V320M-120 ${x}H320`).join('')}' stroke='${accent}' stroke-width='${Math.min(weight, 8)}'/>`);
    case 'dots':
      return turned(across.flatMap((x, i) => across.map((y) => `<circle cx='${x + (i % 2) * (step / 2)}' cy='${y}' r='${weight * 0.7}' fill='${accent}'/>`)).join(''));
    case 'waves':
      return turned(
        `<path d='${across.map((y) => `M-120 ${y}q27-${step} 55 0t55 0 55 0 55 0 55 0 55 0 55 0 55 0`).join('')}' fill='none' stroke='${accent}' stroke-width='${Math.min(weight, 9)}'/>`,
      );
    case 'diamonds':
      return turned(
        across.flatMap((x) => across.map((y) => `<path d='M${x} ${y - weight}l${weight} ${weight}-${weight} ${weight}-${weight}-${weight}z' fill='${accent}'/>`)).join(''),
      );
    case 'spot':
      return `<circle cx='${random.whole(50, 150)}' cy='${random.whole(60, 150)}' r='${random.whole(26, 60)}' fill='${accent}' fill-opacity='${opacity}'/>`;
    case 'band':
      return turned(`<rect x='-120' y='${random.whole(40, 130)}' width='440' height='${step}' fill='${accent}'/>`);
    default:
      return '';
  }
}

/** The photographer's corner: a tinted wall, a floor, and some thing of light on the wall. */
function backdrop(random: SeededRandom, shot: number): string {
  const hue = random.whole(0, 359);
  const dark = shot === 3 || (shot > 0 && random.chance(0.15));
  const light = dark ? random.whole(20, 32) : random.whole(82, 95);
  const wall = hsl(hue, random.whole(18, 52), light);
  const floor = hsl(hue + random.whole(-40, 40), random.whole(14, 42), light - random.whole(5, 14));
  const decor = hsl(hue + random.whole(20, 200), random.whole(22, 60), light + (dark ? 12 : -random.whole(4, 12)));
  const horizon = random.whole(230, 350);
  const [x, y, r] = [random.whole(30, 370), random.whole(30, 260), random.whole(40, 140)];
  const ornament = random.pick([
    `<circle cx='${x}' cy='${y}' r='${r}' fill='${decor}'/>`,
    `<rect x='${x - r}' y='${y - r}' width='${r * 2}' height='${r * 1.4}' rx='18' fill='${decor}'/>`,
    `<path d='M${x - 200} 0h${r}L${x + 200} 400h-${r}z' fill='${decor}'/>`,
    `<path d='M0 ${y}q100-${r} 200 0t200 0V400H0z' fill='${decor}'/>`,
    `<path d='M${x} ${y - r}l${r} ${r * 1.6}h-${r * 2}z' fill='${decor}'/>`,
  ]);
  return `<rect width='400' height='400' fill='${wall}'/>${ornament}<path d='M0 ${horizon}h400v${400 - horizon}H0z' fill='${floor}' fill-opacity='.85'/>`;
}

function scene(shot: number, thing: string, random: SeededRandom, accent: string): string {
  const [dx, dy] = [random.whole(-26, 26), random.whole(-20, 16)];
  const put = (x: number, y: number, scale: number, angle = 0, mirrored = false) =>
    `<g transform='translate(${x + dx} ${y + dy}) scale(${mirrored ? -scale : scale} ${scale}) rotate(${angle} 100 100)'>${thing}</g>`;
  const shadow = `<ellipse cx='${200 + dx}' cy='${312 + dy}' rx='130' ry='18' fill='#000' fill-opacity='.16'/>`;
  switch (shot) {
    case 0:
      return shadow + put(58, 50, random.between(1.3, 1.5), random.whole(-6, 6));
    case 1:
      return put(-90, -70, random.between(2.4, 2.8), random.whole(-14, 14));
    case 2:
      return `<rect x='${196 + dx}' y='120' width='170' height='210' rx='8' fill='${accent}'/><path d='M${196 + dx} 170h170v14h-170z' fill='#fff' fill-opacity='.6'/>${shadow}${put(20, 90, 1.2, random.whole(-24, -8))}`;
    case 3:
      return put(330, 60, random.between(1.25, 1.4), random.whole(4, 18), true);
    case 4:
      return shadow + put(0, 110, 0.98, -8) + put(190, 70, 0.98, 10);
    case 5:
      return `${put(90, 50, 1.15)}<path d='M40 60v270M30 60h20M30 330h20M80 360h270M80 350v20M350 350v20' stroke='#333' stroke-width='4' fill='none'/>`;
    case 6:
      return put(-260, -190, random.between(3.2, 3.8), random.whole(20, 70));
    default:
      return put(10, 10, 0.85, 12) + put(210, 30, 0.85, -12, false) + put(20, 200, 0.85, -12) + put(210, 200, 0.85, 12);
  }
}

function captionOf(caption: string, shot: number): string {
  const unit = 3;
  const width = letterWidth(caption, unit) + 22;
  const x = shot % 2 === 0 ? 400 - width - 12 : 12;
  return `<rect x='${x}' y='360' width='${width}' height='32' rx='7' fill='#fff' fill-opacity='.9'/><path d='${letterPath(caption, x + 11, 366, unit)}' fill='#23262d'/>`;
}

function hsl(hue: number, saturation: number, lightness: number): string {
  return `hsl(${((hue % 360) + 360) % 360},${saturation}%,${Math.max(0, Math.min(100, lightness))}%)`;
}

function mix(colour: string, other: string, share: number): string {
  const channel = (at: number) => {
    const [a, b] = [parseInt(colour.slice(at, at + 2), 16), parseInt(other.slice(at, at + 2), 16)];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
