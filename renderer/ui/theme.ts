import { createTheme, defaultVariantColorsResolver, type MantineThemeOverride } from '@mantine/core';

/** Sizes and habits of the component library; colours come from tokens.css. */
export const theme: MantineThemeOverride = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'md',
  primaryColor: 'blue',
  variantColorResolver(input) {
    const usual = defaultVariantColorsResolver(input);
    if (input.variant !== 'filled' || (input.color ?? 'blue') !== 'blue') return usual;
    return {
      ...usual,
      background: 'var(--accent)',
      hover: 'var(--mantine-primary-color-filled-hover)',
      color: 'var(--on-accent)',
    };
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  shadows: { xs: 'none', sm: 'none', md: '0 2px 8px var(--shade)', lg: '0 4px 16px var(--shade)', xl: 'none' },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { transitionProps: { duration: 0 } } } },
    Textarea: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        overlayProps: { color: 'var(--shade)' },
        closeButtonProps: { 'aria-label': 'Close' },
        centered: true,
      },
    },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 100 },
        closeButtonProps: { 'aria-label': 'Close' },
        position: 'right',
      },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this message' } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 400 } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
  },
});
