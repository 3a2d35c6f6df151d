export interface Webhook {
  id: number;
  name: string;
  status: WebhookStatus;
  topic: string;
  deliveryUrl: string;
  secret: string;
  createdAt: number;
  modifiedAt: number;
  /** Deliveries that failed in a row. */
  failures: number;
}

export const WEBHOOK_STATUSES = ['active', 'paused', 'disabled'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

const HOOKS: Readonly<Record<string, readonly string[]>> = {
  'product.created': ['woocommerce_new_product', 'woocommerce_new_product_variation'],
  'product.updated': ['woocommerce_update_product', 'woocommerce_update_product_variation'],
  'product.deleted': ['wp_trash_post', 'woocommerce_before_delete_product'],
  'product.restored': ['untrashed_post'],
  'order.created': ['woocommerce_new_order'],
  'order.updated': ['woocommerce_update_order', 'woocommerce_order_refunded'],
  'order.deleted': ['wp_trash_post'],
  'order.restored': ['untrashed_post'],
  'customer.created': ['user_register', 'woocommerce_created_customer', 'woocommerce_new_customer'],
  'customer.updated': ['profile_update', 'woocommerce_update_customer'],
  'customer.deleted': ['delete_user'],
  'coupon.created': ['woocommerce_process_shop_coupon_meta', 'woocommerce_new_coupon'],
  'coupon.updated': ['woocommerce_process_shop_coupon_meta', 'woocommerce_update_coupon'],
  'coupon.deleted': ['wp_trash_post'],
  'coupon.restored': ['untrashed_post'],
};

export const isTopic = (topic: string): boolean => topic in HOOKS || /^action\.\w+$/.test(topic);
export const hooksOf = (topic: string): readonly string[] => HOOKS[topic] ?? [topic.replace(/^action\./, '')];
