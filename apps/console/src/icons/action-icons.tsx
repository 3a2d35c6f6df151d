import { Icon } from './icon';

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.6" />
    <path d="m10.6 10.6 3.4 3.4" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M13.6 9.6A6 6 0 1 1 6.4 2.4a4.8 4.8 0 0 0 7.2 7.2Z" />
  </Icon>
);
export const ScreenIcon = () => (
  <Icon>
    <rect x="1.8" y="2.6" width="12.4" height="8.4" rx="1.4" />
    <path d="M5.4 13.8h5.2M8 11v2.8" />
  </Icon>
);
export const ShuffleIcon = () => (
  <Icon>
    <path d="M1.8 4.4h2.4l6 7.2h3.6M1.8 11.6h2.4l1.6-2M8.6 6.4l1.6-2h3.6M11.8 2.4l2 2-2 2M11.8 9.6l2 2-2 2" />
  </Icon>
);
export const OutIcon = () => (
  <Icon>
    <path d="M6.4 2.2H3.2a1 1 0 0 0-1 1v9.6a1 1 0 0 0 1 1h3.2M10.4 11.2 13.8 8l-3.4-3.2M13.6 8H6" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M8 2v8M4.8 7l3.2 3.2L11.2 7M2.4 13.6h11.2" />
  </Icon>
);
export const EyeIcon = () => (
  <Icon>
    <path d="M1.6 8S4 3.9 8 3.9 14.4 8 14.4 8 12 12.1 8 12.1 1.6 8 1.6 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon size={14}>
    <path d="M6.6 3.4H3.2v9.4h9.4V9.4M9.2 2.6h4.2v4.2M13 3 7.6 8.4" />
  </Icon>
);
export const KeyboardIcon = () => (
  <Icon>
    <rect x="1.4" y="3.8" width="13.2" height="8.4" rx="1.6" />
    <path d="M4 6.4h.1M6.6 6.4h.1M9.2 6.4h.1M11.8 6.4h.1M5.2 9.6h5.6" />
  </Icon>
);
export const UserIcon = () => (
  <Icon>
    <circle cx="8" cy="5.4" r="2.8" />
    <path d="M2.6 14c.5-3.2 2.6-4.6 5.4-4.6s4.9 1.4 5.4 4.6" />
  </Icon>
);
export const SlidersIcon = () => (
  <Icon>
    <path d="M1.8 4.6h6.4M12 4.6h2.2M1.8 11.4H4M7.8 11.4h6.4" />
    <circle cx="10.1" cy="4.6" r="1.8" />
    <circle cx="5.9" cy="11.4" r="1.8" />
  </Icon>
);
