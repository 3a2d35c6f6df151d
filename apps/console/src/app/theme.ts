import { theme, type ThemeConfig } from 'antd';

const FONT = "'Inter', 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

export function componentTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#3fa3b0' : '#14606b',
      colorInfo: dark ? '#3fa3b0' : '#14606b',
      colorSuccess: dark ? '#34c295' : '#00795a',
      colorLink: dark ? '#6cc4d0' : '#0f6c7a',
      colorBgLayout: dark ? '#0f1417' : '#f3f5f6',
      colorBgContainer: dark ? '#171d21' : '#ffffff',
      colorBgElevated: dark ? '#1c2429' : '#ffffff',
      colorBorderSecondary: dark ? '#263037' : '#e3e8eb',
      colorText: dark ? '#e4eaed' : '#1a2429',
      colorTextSecondary: dark ? '#9dabb3' : '#55646d',
      borderRadius: 8,
      fontFamily: FONT,
      fontSize: 14,
      wireframe: false,
    },
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none' }, Drawer: { paddingLG: 20 } },
  };
}
