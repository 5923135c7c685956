import { h, type FunctionalComponent } from 'vue'

/**
 * A box with HTML that the server has sanitised. In place of `v-html`, which Vue sets anew when it takes over what the
 * server drew: the whole text would be made twice, and what is selected or has the focus in it would lose that.
 */
export const ServedHtml: FunctionalComponent<{ html: string }> = ({ html }) => h('div', { innerHTML: html })
ServedHtml.props = ['html']
