import { productPath, products } from "../catalogue.ts";
import { href, type Language } from "../language.ts";
import { palette } from "../palette.ts";
import { texts } from "../texts/texts.ts";

/** What scripts need to draw products by themselves: texts, and every product by its slug. */
export function clientData(language: Language) {
  return {
    texts: texts[language].client,
    products: Object.fromEntries(
      products.map((product) => [
        product.slug,
        {
          name: product.name[language],
          address: href(language, productPath(product)),
          colours: Object.fromEntries(product.colours.map((colour) => [colour, palette[colour].name[language]])),
        },
      ]),
    ),
  };
}
