/** The path under which buyers see a card by its article. */
export const SHOP = '/yandex-market-shop/';
