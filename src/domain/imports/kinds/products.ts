import type { Definition } from '../definition.ts'
import { line, money, percent } from '../readings.ts'
import { currencyField, externalId } from './column-headers.ts'

export const products: Definition = {
  kind: 'products',
  fields: [
    externalId('product_id', 'sku', 'артикул', 'код товара', 'код продукта'),
    {
      name: 'name',
      reading: line,
      headers: [['product', 'product_name', 'товар', 'продукт', 'название', 'наименование', 'номенклатура']],
      required: true,
    },
    {
      name: 'productGroup',
      reading: line,
      headers: [
        [
          'product_group',
          'group',
          'series',
          'category',
          'line',
          'группа',
          'группа товаров',
          'серия',
          'категория',
        ],
      ],
    },
    {
      name: 'listPrice',
      reading: money,
      headers: [['list_price', 'price', 'sales_price', 'цена', 'цена по прайсу', 'прайс']],
    },
    {
      name: 'cost',
      reading: money,
      headers: [['cost_price', 'unit_cost', 'purchase_price', 'себестоимость', 'закупочная цена']],
    },
    {
      name: 'floorMargin',
      reading: percent,
      headers: [
        [
          'floor_margin',
          'min_margin',
          'minimum margin',
          'margin_floor',
          'минимальная маржа',
          'мин. маржа',
          'порог маржи',
        ],
      ],
    },
    currencyField,
  ],
  identifiedBy: ['name'],
  naturalKey: 'name',
  currency: { field: 'currency', amounts: ['listPrice', 'cost'] },
}
