import {
  AppstoreOutlined,
  BorderOutlined,
  CodeOutlined,
  ColumnHeightOutlined,
  FileTextOutlined,
  FontSizeOutlined,
  IdcardOutlined,
  LineOutlined,
  LinkOutlined,
  MenuOutlined,
  PictureOutlined,
  PlayCircleOutlined,
  ShareAltOutlined,
  ShoppingOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { BlockType } from './document.js';

/** The blocks of the palette, as often as they are wanted. */
export const NEW_BLOCKS = [
  'text',
  'heading',
  'image',
  'button',
  'imageText',
  'product',
  'divider',
  'spacer',
  'social',
  'menu',
  'video',
  'html',
  'unsubscribeFooter',
] as const satisfies Exclude<BlockType, 'reusable'>[];
export type NewBlockType = (typeof NEW_BLOCKS)[number];

export const ICONS: Record<BlockType | 'section', ReactNode> = {
  text: <FileTextOutlined />,
  heading: <FontSizeOutlined />,
  image: <PictureOutlined />,
  button: <BorderOutlined />,
  imageText: <IdcardOutlined />,
  product: <ShoppingOutlined />,
  divider: <LineOutlined />,
  spacer: <ColumnHeightOutlined />,
  social: <ShareAltOutlined />,
  menu: <MenuOutlined />,
  video: <PlayCircleOutlined />,
  html: <CodeOutlined />,
  unsubscribeFooter: <StopOutlined />,
  reusable: <LinkOutlined />,
  section: <AppstoreOutlined />,
};

/** Divisions of a section, in percent. */
export const LAYOUTS: readonly (readonly number[])[] = [
  [100],
  [50, 50],
  [33, 67],
  [67, 33],
  [33, 34, 33],
  [25, 25, 25, 25],
];

/** Font sizes of headings of the three levels, in pixels. */
export const HEADING_SIZES = [32, 24, 20] as const;
/** Font size of a button without one of its own; MJML's. */
export const BUTTON_SIZE = 13;
