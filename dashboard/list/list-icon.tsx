/** Icons of these screens alone: same grid, same line as the others. */
const PATHS = {
  house: <path d="M4.5 11.25L12 4.75l7.5 6.5M6.5 9.75v9.5h11v-9.5" />,
  columns: <path d="M4.5 9.5L12 5l7.5 4.5zM7 12v4.5M12 12v4.5M17 12v4.5M4.5 19.25h15" />,
  order: <path d="M8.5 5.5v13M5.25 15.25L8.5 18.5l3.25-3.25M15.5 18.5v-13M12.25 8.75L15.5 5.5l3.25 3.25" />,
  dawn: <path d="M5 12.5a7 7 0 0 1 14 0M12 5.5v-2M3.5 16.5h17M7 20h10" />,
  key: <><circle cx="8" cy="15.5" r="3.75" /><path d="M10.75 12.75L19 4.5M16 7.5l2.5 2.5M13.5 10l1.5 1.5" /></>,
  tap: <><rect x="7" y="3.5" width="10" height="17" rx="2.5" /><path d="M11 17.5h2" /></>,
  devices: <><rect x="3.5" y="5" width="11" height="14" rx="2" /><path d="M14.5 9.5h4a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2h-7" /></>,
  tile: <><rect x="4.5" y="4.5" width="15" height="15" rx="4.5" /><circle cx="12" cy="12" r="3" /></>,
  words: <path d="M5 6.5h14M5 12h14M5 17.5h8" />,
  book: <path d="M12 6.5C10 5 7.5 4.5 4.5 4.75v13.5c3-.250 5.5.250 7.5 1.75 2-1.5 4.5-2 7.5-1.75V4.75C16.5 4.5 14 5 12 6.5zM12 6.5V20" />,
  settings: <path d="M4.5 7.5h8M17 7.5h2.5M4.5 16.5h2.5M11.5 16.5h8M14.75 5.25v4.5M9.25 14.25v4.5" />,
  people: <><circle cx="9" cy="9" r="3.25" /><path d="M3.5 19c.500-3.5 2.5-5.25 5.5-5.25s5 1.75 5.5 5.25M15 6.25a3 3 0 0 1 0 5.75M17 14.25c2 .500 3.25 2.25 3.5 4.75" /></>,
  out: <path d="M5.5 7.5h13M9.5 7.5V5.25h5V7.5M7.25 7.5l.75 12h8l.75-12M10.5 11v5M13.5 11v5" />,
  bell: <path d="M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5zM10.25 20.5h3.5" />
} as const
export type ListIconName = keyof typeof PATHS

export function ListIcon ({ name }: { readonly name: ListIconName }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{PATHS[name]}</svg>
}
