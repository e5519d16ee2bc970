// lighthouse.js CHROMIUM URL OPTIONS: Lighthouse on a page as a phone meets it; its report as JSON.
// OPTIONS are Lighthouse's own, as JSON.
//
// As Lighthouse's own command does it, in a browser that starts for this page, but for one thing:
// the browser of a lab moves a mouse that no phone has, and each move makes it lay out the page at
// once, before its styles are there. So mouse events become touches, as in the device mode of
// Chromium's own tools.
import { argv, stdout } from "node:process";
import lighthouse from "lighthouse";
import { launch } from "puppeteer-core";

const [chromium, url, options] = argv.slice(2);
const browser = await launch({
  executablePath: chromium,
  headless: chromium.endsWith("headless-shell") ? "shell" : true,
  acceptInsecureCerts: true,
  // Phones do not hint fonts.
  args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--font-render-hinting=none"],
});
try {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmitTouchEventsForMouse", {
    enabled: true,
    configuration: "mobile",
  });
  const found = await lighthouse(url, JSON.parse(options), undefined, page);
  stdout.write(JSON.stringify(found.lhr));
} finally {
  await browser.close();
}
