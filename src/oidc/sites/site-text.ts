import { ValidateBy } from 'class-validator';

/** Controls, marks of direction, joiners and what Unicode has not given out; line ends; what markup begins with. */
const NOT_TEXT = /[\p{C}\p{Zl}\p{Zp}<>]/u;

export const isShownText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.trim() !== '' && [...value].length <= longest && !NOT_TEXT.test(value);

/** Words of a site that our pages show: of one line, and as they look (a mark of direction makes of one name another). */
export const IsShownText = (longest: number) =>
  ValidateBy({
    name: 'shownText',
    validator: {
      validate: (value: unknown) => isShownText(value, longest),
      defaultMessage: () =>
        `1 to ${longest} characters of one line expected, without markup, controls and marks of direction`,
    },
  });
