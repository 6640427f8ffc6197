/** Icons on a 24 px grid, one line of 1.75 px; drawn for sighted people only, the words beside them say the same. */
const PATHS = {
  place: <><path d="M12 20.5c3.9-3.9 6-7.2 6-10.4a6 6 0 0 0-12 0c0 3.2 2.1 6.5 6 10.4z" /><circle cx="12" cy="10" r="2.25" /></>,
  close: <path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />,
  back: <path d="M14.5 5.5L8 12l6.5 6.5" />,
  onward: <path d="M9.5 5.5L16 12l-6.5 6.5" />,
  lamp: <><circle cx="12" cy="10" r="5.5" /><path d="M9.25 18.75h5.5M10.75 21.5h2.5" /></>,
  circle: <><circle class="solid" cx="12" cy="12.5" r="2.4" /><circle cx="12" cy="12.5" r="8" /><circle class="solid" cx="12" cy="4.5" r="2.1" /><circle class="solid" cx="18.9" cy="16.5" r="2.1" /><circle class="solid" cx="5.1" cy="16.5" r="2.1" /></>,
  clock: <><circle cx="12" cy="12" r="8.25" /><path d="M12 7.25V12l3.25 2" /></>,
  more: <><circle class="solid" cx="5.5" cy="12" r="1.75" /><circle class="solid" cx="12" cy="12" r="1.75" /><circle class="solid" cx="18.5" cy="12" r="1.75" /></>,
  lock: <><rect x="5.5" y="10.5" width="13" height="9" rx="2.5" /><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5" /></>,
  erase: <path d="M9 6h9.5A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5H9l-5.5-6zM11.5 9.75l4.5 4.5M16 9.75l-4.5 4.5" />,
  rings: <path d="M4.5 9.75v4.5h3.25L12 18V6L7.75 9.75zM15.5 9.25a4 4 0 0 1 0 5.5M18 6.75a7.5 7.5 0 0 1 0 10.5" />,
  quiet: <path d="M4.5 9.75v4.5h3.25L12 18V6L7.75 9.75zM15.5 9.5l5 5M20.5 9.5l-5 5" />,
  word: <path d="M6.5 5h11A2.5 2.5 0 0 1 20 7.5v6a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 3.5V16h-1A2.5 2.5 0 0 1 4 13.5v-6A2.5 2.5 0 0 1 6.5 5z" />,
  come: <path d="M3.5 12H14M9.75 7.25L14.5 12l-4.75 4.75M19.5 4.5v15" />,
  door: <><path d="M7 20V5.5A1.5 1.5 0 0 1 8.5 4h7A1.5 1.5 0 0 1 17 5.5V20M4.5 20h15" /><circle class="solid" cx="14" cy="12.5" r="1" /></>,
  phone: <path d="M7 4.5h2.5l1.5 4-2 1.5a9.5 9.5 0 0 0 5 5l1.5-2 4 1.5V17a2.5 2.5 0 0 1-2.7 2.5C10.4 19 5 13.600 4.500 7.200A2.500 2.500 0 0 1 7 4.500z" />,
  link: <path d="M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1" />,
  moon: <path d="M19.5 14.4A8 8 0 1 1 9.6 4.5a6.5 6.5 0 0 0 9.9 9.9z" />,
  sun: <><circle cx="12" cy="12" r="3.5" /><path d="M12 4v1.5M12 18.5V20M4 12h1.5M18.5 12H20M6.35 6.35l1.05 1.05M16.6 16.6l1.05 1.05M6.35 17.65l1.05-1.05M16.6 7.400l1.050-1.050" /></>,
  timer: <><circle cx="12" cy="13.25" r="7.25" /><path d="M12 9.25v4M9.75 3.25h4.5" /></>,
  lift: <><path d="M12 14V4.5M8 8.25L12 4.5l4 3.75" /><path d="M6.25 12.5a6.25 6.25 0 1 0 11.5 0" /></>,
  together: <><circle cx="8.75" cy="8.25" r="2.75" /><path d="M3.75 19c.3-3.6 2.2-5.5 5-5.5s4.7 1.9 5 5.5" /><circle cx="16.5" cy="9" r="2.25" /><path d="M16.25 14.25c2.3 0 3.8 1.5 4 4.25" /></>,
  noPhone: <><path d="M7 4.5h2.5l1.5 4-2 1.5a9.5 9.5 0 0 0 5 5l1.5-2 4 1.5V17a2.5 2.5 0 0 1-2.7 2.5C10.4 19 5 13.6 4.5 7.2A2.5 2.5 0 0 1 7 4.5z" /><path d="M20.5 3.5l-17 17" /></>,
  plus: <path d="M12 5.500v13M5.500 12h13" />,
  scan: <path d="M4.500 8V6A1.500 1.500 0 0 1 6 4.500h2M16 4.500h2A1.500 1.500 0 0 1 19.500 6v2M19.500 16v2a1.500 1.500 0 0 1-1.500 1.500h-2M8 19.500H6A1.500 1.500 0 0 1 4.500 18v-2M7.500 12h9" />,
  battery: <><rect x="3.500" y="8" width="15" height="8" rx="2" /><path d="M20.750 10.750v2.500" /></>,
  download: <path d="M12 4.500v10M7.750 10.500L12 14.750l4.250-4.250M5 19.500h14" />,
  up: <path d="M5.500 14.500L12 8l6.500 6.500" />,
  down: <path d="M5.500 9.500L12 16l6.500-6.500" />
} as const
export type IconName = keyof typeof PATHS

export function Icon ({ name }: { readonly name: IconName }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{PATHS[name]}</svg>
}
