/** From address of the demo's campaign; a reserved domain, so nothing of it leaves the machine whatever account exists. */
export const FROM = { name: '云雀书店 Skylark Books', address: 'letters@skylark-books.example' };

/** A bilingual letter as a shop would send it: merge tags with fallback, a condition, several links. */
export const CONTENT = {
  subject: '{{default name "朋友"}}，秋天的书到了 · Autumn books are in',
  preheader: '本周新书八折，会员再享双倍积分 · 20 % off this week, double points for members',
  mjml: `<mjml>
  <mj-head>
    <mj-attributes><mj-all font-family="Arial, 'PingFang SC', 'Microsoft YaHei', sans-serif" /></mj-attributes>
  </mj-head>
  <mj-body background-color="#f4f1ea">
    <mj-section background-color="#1f3a5f"><mj-column>
      <mj-text color="#ffffff" font-size="24px" align="center">云雀书店 Skylark Books</mj-text>
    </mj-column></mj-section>
    <mj-section background-color="#ffffff"><mj-column>
      <mj-text font-size="16px" line-height="1.8">
        {{default name "朋友"}}，您好！<br />秋天适合读书。我们为{{default fields.city "您所在的城市"}}的读者挑了三本新书，本周八折。
      </mj-text>
      <mj-text font-size="16px" line-height="1.7">
        Dear {{default name "reader"}},<br />autumn is for reading. Three new books for readers in
        {{default fields.city "your city"}}, 20 % off this week.
      </mj-text>
      <mj-button background-color="#b5452c" href="https://shop.skylark-books.example/autumn">看看新书 · See the books</mj-button>
      <mj-text font-size="15px" line-height="1.8">
        《<a href="https://shop.skylark-books.example/books/wild-geese">大雁南飞</a>》 Wild Geese Going South<br />
        《<a href="https://shop.skylark-books.example/books/tea-road">茶路</a>》 The Tea Road<br />
        《<a href="https://shop.skylark-books.example/books/river-letters">江上来信</a>》 Letters from the River
      </mj-text>
      <mj-text font-size="15px" line-height="1.8">
        {{#if fields.member}}您现有 {{default fields.points "0"}} 积分，本周双倍累积。 Your {{default fields.points "0"}} points
        count double this week.{{else}}<a href="https://shop.skylark-books.example/join">加入会员 · Become a member</a>{{/if}}
      </mj-text>
      <mj-text font-size="13px" color="#595959">
        <a href="https://shop.skylark-books.example/contact">联系我们 Contact</a>
      </mj-text>
    </mj-column></mj-section>
  </mj-body>
</mjml>`,
};
