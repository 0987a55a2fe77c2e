// `COMMAND | node scripts/terminal-picture.ts FILE.svg`: what a terminal shows, as a picture for the README.
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { styleText } from 'node:util';

const colours: { readonly [code: string]: string } = {
  '31': '#f47067',
  '32': '#8ddb8c',
  '33': '#f0b572',
  '34': '#6cb6ff',
  '35': '#dcbdfb',
  '36': '#76e3ea',
  '90': '#768390',
};
const size = { character: 7.83, line: 18, font: 13, margin: 18 };
/** Longer lines would make the picture unreadable in the width of a page. */
const maxColumns = 132;

interface Style {
  colour: string;
  bold: boolean;
  dim: boolean;
}

/** One SVG `tspan` for each run of equal style. */
function drawLine(line: string, style: Style): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal's colours are made of
  const parts = line.split(/\u001b\[([\d;]*)m/);
  let drawn = '';
  let column = 0;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) restyle(style, part);
    else if (part !== '' && column < maxColumns) {
      const shown = part.slice(0, maxColumns - column);
      column += shown.length;
      const weight = style.bold ? ' font-weight="bold"' : '';
      const opacity = style.dim ? ' opacity="0.6"' : '';
      drawn += `<tspan fill="${style.colour}"${weight}${opacity}>${escaped(shown)}</tspan>`;
    }
  }
  return drawn;
}

function restyle(style: Style, codes: string): void {
  for (const code of codes.split(';')) {
    if (code === '' || code === '0') Object.assign(style, plain());
    else if (code === '1') style.bold = true;
    else if (code === '2') style.dim = true;
    else if (code === '22') Object.assign(style, { bold: false, dim: false });
    else if (code === '39') style.colour = plain().colour;
    else style.colour = colours[code] ?? style.colour;
  }
}

function plain(): Style {
  return { colour: '#cdd9e5', bold: false, dim: false };
}

function escaped(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function picture(lines: readonly string[]): string {
  const width = maxColumns * size.character + 2 * size.margin;
  const height = lines.length * size.line + 2 * size.margin;
  const style = plain();
  const rows = lines.map((line, index) => {
    const y = size.margin + (index + 0.8) * size.line;
    return `<text x="${size.margin}" y="${y.toFixed(1)}" xml:space="preserve">${drawLine(line, style)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${size.font}">`,
    '<title>A terminal: what was typed, and what it showed</title>',
    `<rect width="100%" height="100%" rx="8" fill="#22272e"/>`,
    ...rows,
    '</svg>\n',
  ].join('\n');
}

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write(
    `${styleText('red', 'name the file to write')}: COMMAND | node scripts/terminal-picture.ts FILE.svg\n`,
  );
  process.exitCode = 2;
} else writeFileSync(file, picture((await text(process.stdin)).trimEnd().split('\n')));
