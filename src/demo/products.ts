import type { Language } from '../domain/shared/actor.ts'

export type ProductKey = keyof typeof PRODUCTS

/** Trade names are the same everywhere; what a deal is called depends on who wrote it. */
export const PRODUCTS = {
  k40: product('Aero K-40', 'Compressors', 18_900, 'Компрессоры Aero K-40', 'Aero K-40 compressors'),
  k90: product(
    'Aero K-90',
    'Compressors',
    46_500,
    'Компрессорная станция Aero K-90',
    'Aero K-90 compressor station',
  ),
  dryer: product(
    'Aero Dry 10',
    'Air treatment',
    6_400,
    'Осушители воздуха Aero Dry 10',
    'Aero Dry 10 air dryers',
  ),
  p200: product('Hydro P-200', 'Pumps', 9_800, 'Насосы Hydro P-200', 'Hydro P-200 pumps'),
  p500: product('Hydro P-500', 'Pumps', 27_300, 'Насосная станция Hydro P-500', 'Hydro P-500 pump station'),
  pilot: product('Pilot Control', 'Controls', 7_200, 'Шкафы управления Pilot', 'Pilot control cabinets'),
  parts: product('Parts kit', 'Spare parts', 1_150, 'Запчасти и расходники', 'Spare parts and consumables'),
  care: product(
    'Care Standard',
    'Service',
    4_800,
    'Сервис Care Standard на год',
    'Care Standard service, one year',
  ),
  care24: product('Care 24/7', 'Service', 11_500, 'Сервис Care 24/7 на год', 'Care 24/7 service, one year'),
} as const

export const PRODUCT_KEYS = Object.keys(PRODUCTS) as readonly ProductKey[]

export const productId = (key: ProductKey) => `demo-product-${key}`

function product(name: string, productGroup: string, listPrice: number, ru: string, en: string) {
  const titles: Readonly<Record<Language, string>> = { ru, en }
  return { name, productGroup, listPrice: listPrice.toFixed(2), currency: 'EUR', titles }
}
