import type { Language } from '../domain/shared/actor.ts'

export type ProductKey = keyof typeof PRODUCTS

/** Trade names are the same everywhere; what a deal is called depends on who wrote it. */
export const PRODUCTS = {
  k40: product(
    'Aero K-40',
    'Compressors',
    { list: 18_900, cost: 12_300, floor: 18 },
    'Компрессоры Aero K-40',
    'Aero K-40 compressors',
  ),
  k90: product(
    'Aero K-90',
    'Compressors',
    { list: 46_500, cost: 32_500, floor: 18 },
    'Компрессорная станция Aero K-90',
    'Aero K-90 compressor station',
  ),
  dryer: product(
    'Aero Dry 10',
    'Air treatment',
    { list: 6_400, cost: 4_400 },
    'Осушители воздуха Aero Dry 10',
    'Aero Dry 10 air dryers',
  ),
  p200: product(
    'Hydro P-200',
    'Pumps',
    { list: 9_800, cost: 6_200 },
    'Насосы Hydro P-200',
    'Hydro P-200 pumps',
  ),
  p500: product(
    'Hydro P-500',
    'Pumps',
    { list: 27_300, cost: 20_700 },
    'Насосная станция Hydro P-500',
    'Hydro P-500 pump station',
  ),
  pilot: product(
    'Pilot Control',
    'Controls',
    { list: 7_200, cost: 4_000 },
    'Шкафы управления Pilot',
    'Pilot control cabinets',
  ),
  parts: product(
    'Parts kit',
    'Spare parts',
    { list: 1_150, cost: 520, floor: 30 },
    'Запчасти и расходники',
    'Spare parts and consumables',
  ),
  care: product(
    'Care Standard',
    'Service',
    { list: 4_800, cost: 2_900, floor: 25 },
    'Сервис Care Standard на год',
    'Care Standard service, one year',
  ),
  care24: product(
    'Care 24/7',
    'Service',
    { list: 11_500, cost: 7_600, floor: 22 },
    'Сервис Care 24/7 на год',
    'Care 24/7 service, one year',
  ),
} as const

export const PRODUCT_KEYS = Object.keys(PRODUCTS) as readonly ProductKey[]

export const productId = (key: ProductKey) => `demo-product-${key}`

/** `floor` is the product's own least margin in percent; without it that of the policy holds. */
type Price = Readonly<{ list: number; cost: number; floor?: number }>

function product(name: string, productGroup: string, price: Price, ru: string, en: string) {
  const titles: Readonly<Record<Language, string>> = { ru, en }
  const [listPrice, cost] = [price.list.toFixed(2), price.cost.toFixed(2)]
  const floorMargin = price.floor?.toString() ?? null
  return { name, productGroup, listPrice, cost, floorMargin, currency: 'EUR', titles }
}
