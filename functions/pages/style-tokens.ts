/**
 * What the look of every page is made of, as CSS: colors (every text on its ground at least 4.5:1, every border of a control 3:1,
 * light and dark), steps of type and of space. Rules elsewhere name these and no color or font size of their own.
 */
export const tokens = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --card: #ffffff; --sunken: #eef1f5; --ink: #1a2230; --soft: #4d5a6d; --line: #d3dae3; --edge: #76839a;
  --accent: #1d4ed8; --accent-strong: #173ea8; --on-accent: #ffffff; --link: #1d4ed8; --accent-ground: #e8eefc;
  --good: #14652f; --good-ground: #e4f4e9; --soon: #7a4b00; --soon-ground: #fdf1d8; --bad: #a3161f; --bad-ground: #fdeaea;
  --text-s: .875rem; --text-m: 1rem; --text-l: 1.125rem; --text-xl: clamp(1.375rem, 1.2rem + .8vw, 1.75rem);
  --space-1: .25rem; --space-2: .5rem; --space-3: .75rem; --space-4: 1rem; --space-5: 1.5rem; --space-6: 2rem;
  --round: .625rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151d; --card: #18202b; --sunken: #212b38; --ink: #e8edf4; --soft: #a9b5c6; --line: #344153; --edge: #7f8ea5;
    --accent: #2f62e4; --accent-strong: #2553c9; --on-accent: #ffffff; --link: #8fb4ff; --accent-ground: #1c2c4e;
    --good: #8fdca8; --good-ground: #15301f; --soon: #f4ca7a; --soon-ground: #362a10; --bad: #ffa3a6; --bad-ground: #3b191c;
  }
}
`;
