import { Button, createTheme, Menu, Modal, ModalRoot, Tooltip } from '@mantine/core';

/** Mantine's scale of dark neutrals, from text to ground, in the tone of `ui/tokens.css`. */
const dark = [
  '#e9ecf1',
  '#c9ced8',
  '#aeb6c3',
  '#8f98a7',
  '#3a414e',
  '#2c323d',
  '#1d2129',
  '#16191f',
  '#12151a',
  '#0f1115',
] as const;

/** Nothing scrolls behind a dialog, and the lock would write a style element that the page's policy refuses. */
const dialog = { lockScroll: false, transitionProps: { duration: 90 } } as const;

/** Mantine led to our tokens; colours follow in `ui/base.css`. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  primaryColor: 'blue',
  colors: { dark },
  cursorType: 'pointer',
  components: {
    // Mantine writes white on every filled button, which nobody can read on the light accent of the dark theme.
    Button: Button.extend({
      vars: (_theme, { variant = 'filled', color }) => ({
        root:
          variant === 'filled' && color === undefined
            ? { '--button-color': 'var(--mantine-primary-color-contrast)' }
            : {},
      }),
    }),
    Modal: Modal.extend({
      defaultProps: { ...dialog, overlayProps: { backgroundOpacity: 0.25 }, yOffset: '14vh' },
      styles: { title: { fontSize: 'var(--size-title)', fontWeight: 600 } },
    }),
    ModalRoot: ModalRoot.extend({ defaultProps: dialog }),
    // Its hidden focus target is no item of a menu, and screen readers would meet it first.
    Menu: Menu.extend({
      defaultProps: { transitionProps: { duration: 60 }, shadow: 'md', withInitialFocusPlaceholder: false },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, transitionProps: { duration: 60 } } }),
  },
});
