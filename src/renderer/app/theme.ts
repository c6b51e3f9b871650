import { createTheme, Menu, Modal, Tooltip } from '@mantine/core';

/** Mantine led to our tokens; colours follow in `ui/base.css`. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  primaryColor: 'blue',
  cursorType: 'pointer',
  components: {
    // Nothing scrolls behind a dialog, and the lock would write a style element that the page's policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 90 } } }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 60 }, shadow: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, transitionProps: { duration: 60 } } }),
  },
});
