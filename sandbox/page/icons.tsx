// The page's own small pictures. They decorate: whatever they stand for is also said in words.

import { useLook } from './context.tsx';

const paths = {
  chevron: 'M5 7.5 10 12.5 15 7.5',
  close: 'M5.5 5.5 14.5 14.500M14.5 5.5 5.5 14.5',
  check: 'M4.5 10.5 8.5 14.5 15.5 6',
  back: 'M12.5 4.5 7 10 12.5 15.5',
  menu: 'M3.5 6H16.500M3.5 10H16.500M3.5 14H16.5',
  dots: 'M5 10h.01M10 10h.01M15 10h.01',
  send: 'M4 10H15M10.5 5 15.5 10 10.5 15',
  play: 'M7 5.500v9l7.5-4.500z',
  pause: 'M7.5 5.500v9M12.5 5.500v9',
  search: 'M9 14.500a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13.2 13.2 17 17',
  sun: 'M10 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.500M10 16.500V18M2 10h1.500M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M4.3 15.700l1.1-1.100M14.6 5.400l1.1-1.1',
  moon: 'M16.5 11.500A6.7 6.7 0 0 1 8.5 3.500a6.7 6.7 0 1 0 8 8z',
  reply: 'M8 5 3.5 9.5 8 14M4 9.500h7a5.5 5.5 0 0 1 5.5 5.500v.5',
  lock: 'M6.5 9V6.800a3.5 3.5 0 0 1 7 0V9M5.5 9h9v7h-9z',
  hash: 'M7.8 3.5 6.2 16.500M13.8 3.5 12.2 16.500M4 7.500h12.500M3.5 12.500H16',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  help: 'M7.5 7.800a2.5 2.5 0 1 1 3.6 2.200c-.7.4-1.1.9-1.1 1.700v.3M10 14.800h.01M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z',
  code: 'M7 6 3 10l4 4M13 6l4 4-4 4',
  clock: 'M10 17.500a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM10 6v4.200l2.7 1.8',
  plus: 'M10 4.500v11M4.5 10h11',
  bolt: 'M11 2.5 4.5 11.500H9.500L9 17.500l6.5-9H10.500z',
  down: 'M10 4.500v11M5.5 11 10 15.5 14.5 11',
  calendar: 'M4 5.500h12v11H4zM4 8.800h12M7 3.500v3M13 3.500v3',
} as const;

type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' ? 2.5 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** The bot's own face: a hull, a waterline, and the bubble of a level. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect className="mark-ground" width="36" height="36" rx="9" />
      <path d="M6.5 20.500h23A11.6 11.6 0 0 1 18 29.500a11.6 11.6 0 0 1-11.5-9z" fill="#fff" />
      <path d="M6.5 16.500h7.300M22.2 16.500h7.3" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" />
      <circle cx="18" cy="12.5" r="4.2" fill="#f2a65a" />
    </svg>
  );
}

const faces = ['#8a4b12', '#7a3b69', '#2f5aa8', '#3b6e22', '#9a3412', '#155e75', '#5b4bb3', '#6b5310'];

/** A person as initials on a colour of their own. */
export function Avatar({
  id,
  name,
  bot = false,
  size = 36,
}: {
  id: string;
  name: string;
  bot?: boolean;
  size?: number;
}) {
  if (bot) return <Mark size={size} />;
  const { state } = useLook();
  const place = state.people.findIndex((person) => person.id === id);
  const initials = name
    .split(' ')
    .map((part) => part[0])
    .join('')
    .slice(0, 2);
  return (
    <span
      className="avatar"
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.38),
        background: faces[(place + faces.length) % faces.length],
      }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}
